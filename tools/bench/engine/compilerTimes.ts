import { InternalError, present } from '../../../engine/base/invariant'
import { analyseModel } from '../../../engine/compile/analyse'
import { compileModel } from '../../../engine/compile/compile'
import { prepareData } from '../../../engine/data/prepare'
import type { DataSummary } from '../../../engine/data/prepared'
import type { UnrollDocument } from '../../../engine/document/schema'
import { largeDocument } from './largeDocument'

const ROUNDS = 9
const MODEL = 'model-1'

/** Milliseconds of each round, the first one with cold code. */
export interface CompilerTimes {
  nodes: number
  wires: number
  rounds: number[]
}

/** From the document to a plan for training. */
export function timeCompiler(nodes: number): CompilerTimes {
  const document = largeDocument(nodes, Math.round(nodes * 1.4))
  const summary = summaryOf(document)
  return timed(document, (changed) => {
    const plan = compileModel(changed, MODEL, summary, { mode: 'train', rows: 16, steps: summary.maximumSteps })
    if (!plan.ok) throw new InternalError(plan.problems.map(({ message }) => message).join(' '))
  })
}

/** Validation and shapes after an edit, as the window asks for them. */
export function timeAnalysis(document: UnrollDocument): CompilerTimes {
  const summary = summaryOf(document)
  return timed(document, (changed) => {
    const { problems } = analyseModel(changed, MODEL, summary)
    if (problems.length > 0) throw new InternalError(problems.map(({ message }) => message).join(' '))
  })
}

function timed(document: UnrollDocument, work: (changed: UnrollDocument) => void): CompilerTimes {
  const model = present(document.models[0], 'a large document has a model')
  const dropouts = Object.keys(model.nodes).filter((id) => model.nodes[id]?.type === 'dropout')
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    // Another setting in one node every time: a memory of the last answer would not help the user either.
    const id = present(dropouts[round % dropouts.length], 'a large document drops out')
    const node = { type: 'dropout', settings: { rate: 0.2 + round / 100 } }
    const changed = { ...document, models: [{ ...model, nodes: { ...model.nodes, [id]: node } }] }
    const start = performance.now()
    work(changed)
    return performance.now() - start
  })
  return { nodes: Object.keys(model.nodes).length, wires: Object.keys(model.wires).length, rounds }
}

function summaryOf(document: UnrollDocument): DataSummary {
  const prepared = prepareData(document.data, null)
  if (!prepared.ok) throw new InternalError(prepared.problems.map(({ message }) => message).join(' '))
  return prepared.value.summary
}
