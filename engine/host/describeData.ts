import { prepareData } from '../data/prepare'
import type { DataDefinition } from '../document/dataSchema'
import { readData } from './files'
import type { DataFolders, HostEvent } from './protocol'

/** What the thread that reads data for the window receives at its start. */
export interface DataThreadData {
  role: 'data'
  request: string
  data: DataDefinition
  folders: DataFolders
}

/** Reads and prepares data, to say what they are; large files take seconds, so this runs in a thread of its own. */
export function describeData({ request, data, folders }: DataThreadData): HostEvent {
  const bytes = readData(data, folders)
  if (!bytes.ok) return { kind: 'dataRefused', request, problems: bytes.problems }
  const prepared = prepareData(data, bytes.value)
  if (!prepared.ok) return { kind: 'dataRefused', request, problems: prepared.problems }
  const { summary, baselines, metric } = prepared.value
  return { kind: 'dataDescribed', request, summary, baselines, metric, problems: prepared.problems }
}
