import { present } from '../base/invariant'
import { prepareData } from '../data/prepare'
import type { PreparedData } from '../data/prepared'
import { bad, type Checked, type Diagnostic, good } from '../document/diagnostic'
import type { Model, UnrollDocument } from '../document/schema'
import { measuredBaselines } from '../runtime/measuredBaselines'
import { allocateWasmMemory } from '../runtime/memory'
import { compileRun, type RunPlans, specifyRun } from '../runtime/planRun'
import { Session } from '../runtime/session'
import { readData } from './files'
import type { KernelChoice } from './kernelVariants'
import type { DataFolders } from './protocol'
import { startThreadPool, type ThreadPool } from './threadPool'

export interface OpenRunOptions {
  document: UnrollDocument
  model: string
  folders: DataFolders
  kernels: KernelChoice
  threads: number
  workerFile: string
}

/** A model with its data, weights in memory and threads that wait. Close the pool when done. */
export interface OpenRun {
  model: Model
  data: PreparedData
  plans: RunPlans
  session: Session
  pool: ThreadPool
  warnings: Diagnostic[]
}

/** Everything from the document to a session that can step; the user's mistakes come back as problems. */
export async function openRun(options: OpenRunOptions): Promise<Checked<OpenRun>> {
  const { document, kernels } = options
  const model = document.models.find(({ id }) => id === options.model)
  if (!model) return bad(noSuchModel(options.model))
  const bytes = readData(document.data, options.folders)
  if (!bytes.ok) return bad(...bytes.problems)
  const prepared = prepareData(document.data, bytes.value)
  if (!prepared.ok) return bad(...prepared.problems)
  const plans = compileRun(document, model.id, prepared.value.summary)
  if (!plans.ok) return bad(...plans.problems)
  const data = measuredBaselines(prepared.value, plans.value.predict.program)
  const spec = specifyRun(plans.value, document, kernels.heapBase)
  const memory = allocateWasmMemory(spec.layout.end)
  if (!memory.ok) return bad(...memory.problems)
  const wasm = present(memory.value.wasm, 'threads share WebAssembly memory')
  const { threads, workerFile } = options
  const pool = await startThreadPool({ spec, memory: wasm, kernels, threads, workerFile })
  const session = new Session({ spec, pool, data, training: document.training })
  const warnings = [...prepared.problems, ...plans.problems]
  return good({ model, data, plans: plans.value, session, pool, warnings })
}

export function noSuchModel(id: string): Diagnostic {
  return {
    code: 'model.unknown',
    severity: 'error',
    message: `The document has no model "${id}". Choose one of its models.`,
    place: { kind: 'document' },
  }
}
