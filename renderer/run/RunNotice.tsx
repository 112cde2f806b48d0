import { Button, CloseButton } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { assertNever } from '../../engine/base/invariant'
import type { RunEnd } from '../../engine/host/protocol'
import { groupedNumber } from '../charts/numbers'
import { useCompare } from '../compare/compareStore'
import { FixButton } from '../inspector/FieldRow'
import { titleOf } from '../nodes/nodeFacts'
import { useApp } from '../state/app'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'
import type { RunState } from '../state/runMachine'
import { useSelection } from '../state/selection'
import styles from './RunNotice.module.css'
import { compare, examplesWord } from './resultWords'
import { durationWords } from './timeLeft'

/** How the last run came out, over the canvas, until it is read: the result in words, or what went wrong and what to do. */
export function RunNotice() {
  const state = useRun((run) => run.state)
  const run = 'ticket' in state ? state.ticket.run : null
  const isCompared = useCompare(({ comparison }) => comparison?.entries.some((entry) => entry.run === run) ?? false)
  // The table says how each model of a comparison came out.
  if (isCompared) return null
  switch (state.phase) {
    case 'idle':
    case 'starting':
    case 'training':
    case 'paused':
      return null
    case 'ended':
      return <EndedNotice state={state} />
    case 'diverged':
      return <DivergedNotice state={state} />
    case 'refused':
      return <RefusedNotice state={state} />
    case 'lost':
      return (
        <Notice tone="danger" title="The training engine stopped unexpectedly." actions={<TrainAgain />}>
          Your model is safe. Train again to start it anew.
        </Notice>
      )
    case 'failed':
      return (
        <Notice tone="danger" title="The engine made a mistake." actions={<TrainAgain />}>
          Your model is safe, and this is not your fault. It said: {state.message}
        </Notice>
      )
    default:
      return assertNever(state)
  }
}

const END_WORDS: Readonly<Record<RunEnd, string>> = {
  finished: 'Trained for',
  early: 'The validation loss no longer got better, so training ended early, after',
  stopped: 'Stopped after',
}

function EndedNotice({ state }: { state: Extract<RunState, { phase: 'ended' }> }) {
  const summary = useDocument((document) => document.summary)
  const { result } = state
  const words = compare(result.metric, result.test.metric, result.baselines, 'test', examplesWord(summary))
  const best = result.best?.epoch
  return (
    <Notice tone={words.tone === 'bad' || words.tone === 'level' ? 'plain' : 'success'} title={words.headline}>
      {words.comparison}
      <span className={styles.small}>
        {END_WORDS[result.reason]} {durationWords(result.seconds)}, {groupedNumber(result.steps)} steps.{' '}
        {best === undefined ? '' : keptWords(best, state.progress.epoch)}
      </span>
    </Notice>
  )
}

function keptWords(best: number, last: number): string {
  return best >= last
    ? 'The last epoch was the best; its weights are kept.'
    : `The weights of epoch ${best} are kept, the best of ${last}.`
}

function DivergedNotice({ state }: { state: Extract<RunState, { phase: 'diverged' }> }) {
  const model = useDocument((document) => document.document.models.find((one) => one.id === state.ticket.model))
  const show = useSelection((selection) => selection.show)
  const setActive = useDocument((document) => document.setActiveModel)
  const node = state.node === null ? undefined : model?.nodes[state.node]
  const showNode = () => {
    if (!model || state.node === null) return
    setActive(model.id)
    show([state.node])
  }
  return (
    <Notice
      tone="danger"
      title="The numbers grew out of bounds."
      actions={
        <>
          <TrainAgain />
          {node ? (
            <Button size="xs" variant="default" onClick={showNode}>
              Show {titleOf(node)}
            </Button>
          ) : null}
        </>
      }
    >
      {state.message}
    </Notice>
  )
}

/** Problems that the notice says itself; the list below the canvas has all. */
const SHOWN = 2

function RefusedNotice({ state }: { state: Extract<RunState, { phase: 'refused' }> }) {
  const showDock = useApp((app) => app.showDock)
  const { problems } = state
  const count = problems.length
  const [first] = problems
  return (
    <Notice
      tone="danger"
      title={count === 1 ? 'One problem keeps this from training.' : `${count} problems keep this from training.`}
      actions={
        <>
          {first && <FixButton problem={first} />}
          <Button size="xs" variant="default" onClick={() => showDock('problems')}>
            Show problems
          </Button>
        </>
      }
    >
      {problems.slice(0, SHOWN).map((problem) => (
        <span key={problem.message} className={styles.problem}>
          {problem.message}
        </span>
      ))}
    </Notice>
  )
}

function TrainAgain() {
  const train = useRun((run) => run.train)
  return (
    <Button size="xs" onClick={train}>
      Train again
    </Button>
  )
}

interface NoticeProps {
  tone: 'success' | 'danger' | 'plain'
  title: string
  children: ReactNode
  actions?: ReactNode
}

function Notice({ tone, title, children, actions }: NoticeProps) {
  const dismiss = useRun((run) => run.dismiss)
  const Icon = { success: IconCircleCheck, danger: IconAlertTriangle, plain: IconInfoCircle }[tone]
  return (
    <section
      className={styles.notice}
      data-tone={tone}
      role={tone === 'danger' ? 'alert' : 'status'}
      aria-label={title}
    >
      <Icon size={20} stroke={1.75} className={styles.icon} aria-hidden="true" />
      <div className={styles.body}>
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.text}>{children}</p>
        {actions ? <div className={styles.actions}>{actions}</div> : null}
      </div>
      <CloseButton aria-label="Close" size="sm" onClick={dismiss} />
    </section>
  )
}
