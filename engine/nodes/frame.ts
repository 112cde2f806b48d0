import type { PortSpec } from './defineNode'
import { inPort, outPort } from './lowering'

/** What frames share: a sequence in and out, outside and inside. */

export function framePorts(inLabel: string, outLabel: string): { inputs: PortSpec[]; outputs: PortSpec[] } {
  return { inputs: [inPort(inLabel, ['sequence'])], outputs: [outPort(outLabel, ['sequence'])] }
}

export const frameIn: PortSpec = { name: 'enter', label: 'what comes in', kinds: ['sequence'] }
export const frameOut: PortSpec = { name: 'leave', label: 'what goes out', kinds: ['sequence'] }
