import type { Baseline, DataSummary, Metric } from '../data/prepared'
import type { DataDefinition } from '../document/dataSchema'
import type { Diagnostic } from '../document/diagnostic'
import type { UnrollDocument } from '../document/schema'
import type { EvaluationPoint, TelemetryFrame } from '../telemetry/frame'

/** Grows with every incompatible change; both sides refuse another version. */
export const PROTOCOL_VERSION = 1

/** Where the host finds files: main fills these in, the renderer never names a folder. */
export interface DataFolders {
  samples: string
  /** Folder of the open document; null while it is unsaved. */
  document: string | null
}

export interface TrainRequest {
  run: string
  document: UnrollDocument
  model: string
  folders: DataFolders
  /** null: chosen by measured cost per step. */
  threads: number | null
  /** File in which the run leaves a checkpoint now and then, to go on from when the engine was lost; main fills it in. Absent: none. */
  checkpoint?: string | undefined
  /** What the run goes on from: a checkpoint file, or one that `fetchWeights` gave. Absent: it begins anew. */
  resume?: { kind: 'file'; path: string } | { kind: 'bytes'; bytes: Uint8Array } | undefined
}

/** What the host keeps of a run that ended: the weights of the best validation, or the checkpoint of its last step. */
export type KeptFile = 'best' | 'last'

/** To the host. Every message also carries `version` and `sequence` (see Envelope). */
export type Command =
  | { kind: 'describeData'; request: string; data: DataDefinition; folders: DataFolders }
  | { kind: 'train'; request: TrainRequest }
  | { kind: 'pause'; run: string }
  | { kind: 'resume'; run: string }
  /** One optimizer step while paused. */
  | { kind: 'step'; run: string }
  /** Ends the run and keeps the weights of the best validation. */
  | { kind: 'stop'; run: string }
  | { kind: 'setLearningRate'; run: string; learningRate: number }
  /** Asks for a file (safetensors) of a run that ended, one of the last few. */
  | { kind: 'fetchWeights'; request: string; run: string; which: KeptFile }
  /** The frame with this step was drawn; the next may come. */
  | { kind: 'frameRead'; run: string; step: number }

export interface KernelReport {
  /** "relaxed SIMD, 256-bit" … in words. */
  chosen: string
  variants: { name: string; correct: boolean; gflops: number }[]
  flags: string[]
}

export type RunEnd = 'finished' | 'early' | 'stopped'

export interface RunResult {
  /** Why the run ended; `early`: the validation loss no longer got better. */
  reason: RunEnd
  steps: number
  seconds: number
  best: EvaluationPoint | null
  /** On the test part, with the best weights. */
  test: { loss: number; metric: number }
  baselines: Baseline[]
  metric: Metric
}

/** From the host. */
export type HostEvent =
  | { kind: 'ready'; kernels: KernelReport; threads: number }
  | {
      kind: 'dataDescribed'
      request: string
      summary: DataSummary
      baselines: Baseline[]
      metric: Metric
      problems: Diagnostic[]
    }
  | { kind: 'dataRefused'; request: string; problems: Diagnostic[] }
  | { kind: 'refused'; run: string; problems: Diagnostic[] }
  | {
      kind: 'started'
      run: string
      model: string
      totalSteps: number
      stepsPerEpoch: number
      threads: number
      baselines: Baseline[]
      metric: Metric
    }
  /** null: not kept any more. */
  | { kind: 'weights'; request: string; run: string; which: KeptFile; file: Uint8Array | null }
  | { kind: 'frame'; frame: TelemetryFrame }
  | { kind: 'paused'; run: string; step: number }
  | { kind: 'resumed'; run: string }
  /** NaN or infinity: the node where it began, the last good step, and what to try. */
  | { kind: 'diverged'; run: string; step: number; node: string | null; message: string }
  | { kind: 'ended'; run: string; result: RunResult }
  /** Stopped before it had started: there is nothing to keep. */
  | { kind: 'cancelled'; run: string }
  /** Our mistake inside the host; the run is over, the host goes on. */
  | { kind: 'failed'; run: string | null; message: string }

/** Made by the client, not the host: the process is gone. `run` was training in it. */
export type HostLost = { kind: 'lost'; run: string | null; exitCode: number | null; signal: string | null }

export interface Envelope<M> {
  version: typeof PROTOCOL_VERSION
  sequence: number
  message: M
}
