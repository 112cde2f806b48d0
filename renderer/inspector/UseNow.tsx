import { Button } from '@mantine/core'
import { useEffect } from 'react'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'
import { useRunningRate } from './runningRate'

/** While a model trains: hands a changed learning rate to the running training. */
export function UseNow() {
  const busy = useRun((run) => run.phase === 'training' || run.phase === 'paused')
  const run = useRun((state) => state.run)
  const rate = useDocument((state) => state.document.training.learningRate)
  const told = useRunningRate()
  useEffect(() => {
    // A run begins with the document's own rate.
    if (run !== useRunningRate.getState().run) useRunningRate.setState({ run, rate })
  }, [run, rate])
  if (!busy || told.run !== run || told.rate === rate) return null
  return (
    <Button
      size="xs"
      variant="light"
      onClick={() => {
        useRun.getState().setLearningRate(rate)
        useRunningRate.setState({ run, rate })
      }}
    >
      Train on with {rate}
    </Button>
  )
}
