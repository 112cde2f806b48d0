import { useCallback } from 'react'
import { titleOf } from '../nodes/nodeFacts'
import { telemetry } from '../run/telemetry'
import { useDocument } from '../state/document'
import { ChartFigure } from './ChartFigure'
import { gateView, gateWords } from './gateView'

const HINT =
  'A gate lets 0 (nothing) to 1 (everything) through. Lines: mean over cells, time steps and examples. Shaded from the top: the share stuck open, above 0.9; from the bottom: the share stuck shut, below 0.1.'

/** The title of a node of the run on show; its id once it was deleted. */
function titleInRun(node: string): string {
  const model = telemetry.current()?.model
  const found = useDocument.getState().document.models.find((one) => one.id === model)?.nodes[node]
  return found ? titleOf(found) : node
}

export interface GateChartProps {
  /** null: there is none to show yet. */
  node: string | null
  /** True where the title has to say which node is meant. */
  named: boolean
  large?: boolean
  empty: string
}

/** What the gates of one recurrent node do over the run; without a node, what to do to see it. */
export function GateChart({ node, named, large = false, empty }: GateChartProps) {
  const read = useCallback(() => (node === null ? null : gateView(telemetry.current(), node, { large })), [node, large])
  const words = useCallback(
    () => gateWords(node === null ? null : telemetry.latestGates(node), node === null ? 'the model' : titleInRun(node)),
    [node],
  )
  const title = named && node !== null ? `What do the gates of ${titleInRun(node)} do?` : 'What do the gates do?'
  return <ChartFigure title={title} hint={HINT} read={read} words={words} empty={empty} />
}
