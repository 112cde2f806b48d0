import { whyNotBypassed } from '../../engine/compile/bypass'
import { activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { allBypassed, bypassAct, bypassable } from './acts/bypass'

/** Lets the nodes compute nothing and pass on what comes in, or lets them work again. */
export function setBypassed(nodes: readonly string[], bypassed: boolean): void {
  const state = useDocument.getState()
  const act = bypassAct(activeModelOf(state), nodes, bypassed)
  if (act) state.apply(act)
}

/** Bypasses the selection; where all of it is bypassed already, switches it on again. */
export function toggleBypassed(): void {
  const { nodes } = useSelection.getState()
  setBypassed(nodes, !allBypassed(activeModelOf(useDocument.getState()), nodes))
}

export function canBypass(): boolean {
  return bypassable(activeModelOf(useDocument.getState()), useSelection.getState().nodes).length > 0
}

/** What the menu and the palette call it now. */
export function bypassWords(): string {
  const on = allBypassed(activeModelOf(useDocument.getState()), useSelection.getState().nodes)
  return on ? 'Switch on again' : 'Bypass'
}

/** Why none of the selected nodes can be bypassed, for one of them; null: some can. */
export function whyNoBypass(): string | null {
  const model = activeModelOf(useDocument.getState())
  const { nodes } = useSelection.getState()
  const [first] = nodes
  return canBypass() || first === undefined ? null : whyNotBypassed(model, first)
}
