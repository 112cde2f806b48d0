import { Button, Tooltip } from '@mantine/core'
import { IconPlayerPlayFilled } from '@tabler/icons-react'
import { useCompare } from '../compare/compareStore'
import { overallProgress } from '../compare/comparison'
import { TrainMenu } from '../compare/TrainMenu'
import { chordWords } from '../shell/chords'
import { isMac } from '../shell/platform'
import { useRun } from '../state/run'
import { isBusy, type RunState } from '../state/runMachine'
import styles from './RunBar.module.css'
import { timeLeftWords } from './timeLeft'

/** The one primary button: Train, which becomes progress, time left, pause and stop while a model trains. */
export function RunBar() {
  const state = useRun((run) => run.state)
  const train = useRun((run) => run.train)
  if (!isBusy(state)) {
    return (
      <div className={styles.split}>
        <Tooltip label={`Train this model (${chordWords('Mod+Enter', isMac())})`}>
          <Button className={styles.train ?? ''} leftSection={<IconPlayerPlayFilled size={12} />} onClick={train}>
            Train
          </Button>
        </Tooltip>
        <TrainMenu />
      </div>
    )
  }
  return <BusyBar state={state} />
}

function BusyBar({ state }: { state: RunState }) {
  const pause = useRun((run) => run.pause)
  const resume = useRun((run) => run.resume)
  const stepOnce = useRun((run) => run.stepOnce)
  const stop = useRun((run) => run.stop)
  const comparison = useCompare((compare) => (compare.comparison?.running ? compare.comparison : null))
  const stopAll = useCompare((compare) => compare.stopAll)
  const paused = state.phase === 'paused'
  const wish = 'wish' in state ? state.wish : null
  const progress = 'progress' in state ? state.progress : null
  const own = progress && progress.totalSteps > 0 ? progress.step / progress.totalSteps : 0
  const overall = comparison && overallProgress(comparison, progress ?? { step: 0, totalSteps: 0, secondsLeft: null })
  const share = overall ? overall.share : own
  const left = overall ? overall.secondsLeft : (progress?.secondsLeft ?? null)
  return (
    <section className={styles.bar} data-busy={true} aria-label="Training">
      {overall ? (
        <span className={styles.model} title={'ticket' in state ? state.ticket.modelName : undefined}>
          Model {overall.place} of {overall.count}
        </span>
      ) : null}
      <span className={styles.epoch}>
        {progress ? `Epoch ${progress.epoch} of ${progress.totalEpochs}` : 'Starting…'}
      </span>
      <span
        className={styles.track}
        role="progressbar"
        aria-label="Training progress"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <span className={styles.fill} style={{ transform: `scaleX(${share})` }} data-paused={paused || undefined} />
      </span>
      <span className={styles.left}>{progress ? leftWords(state, left) : ''}</span>
      {paused ? (
        <Button variant="subtle" size="xs" disabled={wish !== null} onClick={stepOnce} className={styles.quiet ?? ''}>
          Step
        </Button>
      ) : null}
      <Button
        variant="subtle"
        size="xs"
        className={styles.quiet ?? ''}
        disabled={progress === null || wish !== null}
        onClick={paused ? resume : pause}
      >
        {paused ? 'Resume' : 'Pause'}
      </Button>
      {comparison ? (
        <Button variant="subtle" size="xs" className={styles.quiet ?? ''} disabled={wish === 'stop'} onClick={stop}>
          Skip
        </Button>
      ) : null}
      <Button size="xs" className={styles.stop ?? ''} disabled={wish === 'stop'} onClick={comparison ? stopAll : stop}>
        {comparison ? 'Stop all' : 'Stop, keep best'}
      </Button>
    </section>
  )
}

function leftWords(state: RunState, secondsLeft: number | null): string {
  if (state.phase === 'paused') return 'paused'
  return timeLeftWords(secondsLeft)
}
