import { useCallback } from 'react'
import { titleOf } from '../nodes/nodeFacts'
import type { GatedCopy } from '../run/gatedCopy'
import { telemetry } from '../run/telemetry'
import { useDocument } from '../state/document'
import { ChartFigure } from './ChartFigure'
import { gateView, gateWords } from './gateView'

const HINT =
  'A gate lets 0 (nothing) to 1 (everything) through. Lines: mean over cells, time steps and examples. Shaded from the top: the share stuck open, above 0.9; from the bottom: the share stuck shut, below 0.1.'

/** The title of a node of the run on show, with its copy: "LSTM, backward"; its id once it was deleted. */
function titleInRun({ node, copy }: GatedCopy): string {
  const model = telemetry.current()?.model
  const found = useDocument.getState().document.models.find((one) => one.id === model)?.nodes[node]
  const title = found ? titleOf(found) : node
  return copy === undefined ? title : `${title}, ${copy}`
}

export interface GateChartProps {
  /** null: there is none to show yet. */
  of: GatedCopy | null
  /** True where the title has to say which node is meant. */
  named: boolean
  large?: boolean
  empty: string
}

/** What the gates of one recurrent node do over the run; without a node, what to do to see it. */
export function GateChart({ of, named, large = false, empty }: GateChartProps) {
  const read = useCallback(() => (of === null ? null : gateView(telemetry.current(), of, { large })), [of, large])
  const words = useCallback(
    () => gateWords(of === null ? null : telemetry.latestGates(of), of === null ? 'the model' : titleInRun(of)),
    [of],
  )
  const title = named && of !== null ? `What do the gates of ${titleInRun(of)} do?` : 'What do the gates do?'
  return <ChartFigure title={title} hint={HINT} read={read} words={words} empty={empty} />
}
