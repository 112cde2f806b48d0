import { setImmediate } from 'node:timers/promises'
import { titleOf } from '../../compile/titles'
import type { Diagnostic } from '../../document/diagnostic'
import type { Model, UnrollDocument } from '../../document/schema'
import type { TensorFile } from '../../export/safetensors'
import type { KernelSelection } from '../../host/kernelVariants'
import type { OpenRun } from '../../host/openRun'
import type { RunEnd } from '../../host/protocol'
import { ThreadGovernor } from '../../host/threadGovernor'
import { describeDivergence } from '../../runtime/divergence'
import { type FinalFigures, TrainingRun } from '../../runtime/trainingRun'
import { StepTimer } from '../../telemetry/stepTimer'
import { readInteger } from '../arguments'
import { Checkpoints } from '../checkpoints'
import { badArguments, type Command, type Given, type Terminal, UserFailure } from '../command'
import { chooseModel, openDocument } from '../openDocument'
import { printProblem } from '../printProblems'
import { prepareRunFolder, readCheckpointFile } from '../runFolder'
import { saveRun } from '../saveRun'
import { openEngineRun, startEngine } from '../startEngine'
import { TrainingReport } from '../trainingReport'

/** How often the loop lets signals in, in milliseconds. */
const BREATH = 50
const MAX_STEPS = 1_000_000_000

/** `unroll train`: the same session as in the window, in this process. */
export const train: Command = {
  name: 'train',
  summary: 'trains a model and measures it beside forecasts without learning',
  takesFile: true,
  options: {
    model: { value: 'M', help: 'which model (id or name); the first one without it' },
    epochs: { value: 'N', help: 'passes over the training part, instead of the document’s' },
    steps: { value: 'N', help: 'optimizer steps, instead of epochs' },
    seed: { value: 'S', help: 'seed of weights and order, instead of the document’s' },
    threads: { value: 'N', help: 'threads; measured and chosen without it. Never changes a digit' },
    out: { value: 'DIR', help: 'writes weights.safetensors, run.json and checkpoints there' },
    resume: {
      value: 'DIR',
      help: 'goes on from the checkpoint that --out wrote there, and writes there unless --out says otherwise',
    },
  },
  async run(given, terminal) {
    const opened = openDocument(given.file)
    const document = withOverrides(opened.document, given)
    const model = chooseModel(document, given)
    const threads = readInteger(given, 'threads', 1, 64)
    const steps = readInteger(given, 'steps', 1, MAX_STEPS)
    const resume = given.values.get('resume')
    const checkpoint = resume === undefined ? null : readCheckpointFile(resume)
    const out = given.values.get('out') ?? resume
    if (out !== undefined) prepareRunFolder(out)
    const kernels = startEngine(terminal)
    const run = await openEngineRun({ ...opened, document }, model.id, kernels, threads)
    try {
      for (const warning of [...opened.warnings, ...run.warnings]) terminal.err(printProblem(warning))
      const governor = threads === null ? new ThreadGovernor(run.pool) : null
      governor?.start(run.session, terminal.now)
      const files = { checkpoint, out: out ?? null }
      return await trainToEnd({ document, model, run, governor, kernels, steps, ...files, given, terminal })
    } finally {
      await run.pool.close()
    }
  },
}

/** Everything a training on the command line needs. */
interface Task {
  document: UnrollDocument
  model: Model
  run: OpenRun
  /** null: the user said how many threads. */
  governor: ThreadGovernor | null
  kernels: KernelSelection
  steps: number | null
  /** To go on from. */
  checkpoint: { file: TensorFile; path: string } | null
  out: string | null
  given: Given
  terminal: Terminal
}

async function trainToEnd(task: Task): Promise<number> {
  const { document, run, terminal, steps } = task
  const { session } = run
  const { learningRate, schedule, stopAfter, epochs } = document.training
  const totalSteps = steps ?? epochs * session.stepsPerEpoch
  const training = new TrainingRun({ session, totalSteps, learningRate, schedule, stopAfter })
  const checkpoints = new Checkpoints(task, training)
  if (task.checkpoint) checkpoints.resume(task.checkpoint)
  const report = new TrainingReport({ ...task, training, json: task.given.json })
  const timer = new StepTimer()
  report.begin()
  const interrupt = listenForInterrupt()
  let breath = terminal.now()
  try {
    while (!training.isFinished && !interrupt.heard) {
      const start = terminal.now()
      if (!training.advance(false)) {
        const problem = divergence(task, training)
        report.diverged(problem, timer)
        // No weight has moved in the step that failed: with a smaller learning rate the run can go on from here.
        checkpoints.write()
        if (task.out !== null && training.best) save(task, training, timer, training.finish())
        throw new UserFailure([problem])
      }
      const milliseconds = terminal.now() - start
      timer.add(milliseconds)
      if (!training.progress.evaluation) task.governor?.stepped(milliseconds)
      report.stepped(timer)
      if (training.progress.evaluation) checkpoints.writeIfDue()
      if (terminal.now() - breath > BREATH) {
        await setImmediate()
        breath = terminal.now()
      }
    }
    // Before the last look and the way back to the best weights: a run that goes on must not know of them.
    checkpoints.write()
    const figures = training.finish()
    report.ended(figures, timer, reasonOf(training))
    if (task.out !== null) save(task, training, timer, figures)
  } finally {
    interrupt.dispose()
  }
  return 0
}

function save(task: Task, training: TrainingRun, timer: StepTimer, figures: FinalFigures): void {
  if (task.out === null) return
  saveRun(task.out, { ...task, training, figures, seconds: timer.seconds() })
  if (!task.given.json) task.terminal.out(`Weights and figures are in ${task.out}.`)
}

function reasonOf(training: TrainingRun): RunEnd {
  if (training.endedEarly) return 'early'
  return training.isFinished ? 'finished' : 'stopped'
}

/** Ctrl+C ends the run and keeps the best weights; a second one ends the process as usual. */
function listenForInterrupt(): { readonly heard: boolean; dispose(): void } {
  const state = { heard: false, dispose: () => process.off('SIGINT', listener) }
  const listener = () => {
    state.heard = true
    process.off('SIGINT', listener)
  }
  process.on('SIGINT', listener)
  return state
}

function divergence({ document, model }: Task, training: TrainingRun): Diagnostic {
  const origin = training.findDivergence()
  const node = origin?.node ?? null
  const message = describeDivergence({
    step: training.step + 1,
    nodeTitle: node === null ? null : titleOf(model, node),
    phase: origin?.phase ?? null,
    learningRate: training.learningRate,
    clipNorm: document.training.clipNorm,
    keptStep: training.best?.step ?? null,
  })
  const place = node === null ? ({ kind: 'training' } as const) : ({ kind: 'node', model: model.id, node } as const)
  return { code: 'run.diverged', severity: 'error', message, place }
}

function withOverrides(document: UnrollDocument, given: Given): UnrollDocument {
  if (given.values.has('epochs') && given.values.has('steps')) {
    throw badArguments('both', 'Give --epochs or --steps, not both.')
  }
  const epochs = readInteger(given, 'epochs', 1, 100_000) ?? document.training.epochs
  const seed = readInteger(given, 'seed', 0, 0xffffffff) ?? document.training.seed
  return { ...document, training: { ...document.training, epochs, seed } }
}
