import { Switch } from '@mantine/core'
import { useCallback, useState } from 'react'
import { telemetry } from '../run/telemetry'
import { ChartFigure } from './ChartFigure'
import { lossView, lossWords } from './lossView'

const HINT =
  'The loss is what training makes smaller. Faint: every step; solid: smoothed; dashed: on examples kept aside. The dotted line is a guess without learning.'

const words = () => lossWords(telemetry.current())

/** "Is it still learning?", small for the overview or large with a logarithmic axis on request. */
export function LossChart({ large = false }: { large?: boolean }) {
  const [log, setLog] = useState(false)
  const read = useCallback(() => lossView(telemetry.current(), { log: large && log, large }), [log, large])
  return (
    <ChartFigure
      title="Is it still learning?"
      hint={HINT}
      read={read}
      words={words}
      empty="Press Train to see whether it learns, and whether it beats a guess without learning."
      tools={
        large ? (
          <Switch size="xs" label="Log scale" checked={log} onChange={(event) => setLog(event.currentTarget.checked)} />
        ) : null
      }
    />
  )
}
