import { SegmentedControl } from '@mantine/core'
import { useCallback, useState } from 'react'
import { ChartFigure } from '../charts/ChartFigure'
import { useCompare } from './compareStore'
import { type CompareHeight, compareView, compareWords } from './compareView'

const HINT =
  'Each line is one model on examples kept aside from training; the ring marks its best. Dotted: guesses without learning.'

const listen = (listener: () => void) => useCompare.subscribe(listener)
const words = () => compareWords(useCompare.getState().comparison)

/** "Which one learns best?": the validation of all models over each other. */
export function CompareChart() {
  const [height, setHeight] = useState<CompareHeight>('score')
  const read = useCallback(() => {
    const { comparison, highlight } = useCompare.getState()
    return compareView(comparison, height, highlight)
  }, [height])
  return (
    <ChartFigure
      title="Which one learns best?"
      hint={HINT}
      read={read}
      words={words}
      listen={listen}
      empty="The first curve begins after the first epoch."
      tools={
        <SegmentedControl
          size="xs"
          aria-label="What the curves show"
          value={height}
          onChange={(value) => setHeight(value === 'loss' ? 'loss' : 'score')}
          data={[
            { value: 'score', label: 'Score' },
            { value: 'loss', label: 'Loss' },
          ]}
        />
      }
    />
  )
}
