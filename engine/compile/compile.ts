import type { DataSummary } from '../data/prepared'
import { bad, type Checked, good } from '../document/diagnostic'
import type { UnrollDocument } from '../document/schema'
import { carriesMemory } from '../document/training'
import type { Program } from '../ir/program'
import type { Sizes } from '../ir/shape'
import { verifyProgram } from '../ir/verify'
import { ops } from '../ops/index'
import { carryStates } from './carry'
import { checkGraph, findModel, noModel } from './check'
import { checkMemoryPlan } from './checkMemoryPlan'
import { parameterCount } from './cost'
import { everythingFrozen, freezeParameters } from './freeze'
import { addGradients } from './gradients'
import { hasError, type ShapedNode } from './graph'
import { lower } from './lower'
import type { Mode } from './lowerNode'
import { planMemory } from './memoryPlan'
import { nothingToLearn } from './nothingToLearn'
import type { Plan } from './plan'
import { prune } from './prune'
import { tooLarge } from './tooLarge'

/** Rows of one shard and time steps at most: what memory is laid out for. */
export interface CompileOptions extends Sizes {
  mode: Mode
}

/** Sees the program after each of its passes, for tests and for `unroll plan`. */
export type Observer = (pass: 'lower' | 'gradients' | 'prune', program: Program) => void

/**
 * The compiler: document → graph → shapes → program → gradients → pruned → plan. Only this function knows the order of the passes;
 * the grammar is checked after each. The user's mistakes come back as problems; `summary` is that of the document's prepared data.
 */
export function compileModel(
  document: UnrollDocument,
  modelId: string,
  summary: DataSummary,
  options: CompileOptions,
  observe: Observer = () => {},
): Checked<Plan> {
  const model = findModel(document, modelId)
  if (!model) return bad(noModel(document, modelId))
  const { value, problems } = checkGraph(document, model, summary)
  if (hasError(problems)) return bad(...problems)

  const { mode, rows, steps } = options
  const plain = lower({ model, nodes: outermost(value.nodes), data: summary }, mode)
  const lowered = freezeParameters(carriesMemory(document) ? carryStates(plain) : plain, model)
  const forward = checked('lower', lowered, false, observe)
  if (forward.parameters.length === 0) return bad(nothingToLearn(document, model, value.nodes), ...problems)
  const train = mode === 'train'
  const frozen = everythingFrozen(
    model,
    forward.parameters.map(({ node }) => node),
  )
  if (train && frozen) return bad(frozen, ...problems)
  const large = train ? tooLarge(document, value, summary, parameterCount(forward)) : null
  if (large) return bad(large, ...problems)
  const whole = train ? checked('gradients', addGradients(forward), true, observe) : forward
  const plan = planMemory(checked('prune', prune(whole), train, observe), { rows, steps })
  checkMemoryPlan(plan)
  return good(plan, problems)
}

/** Those in frames hang in the copies that their frames make. */
function outermost(nodes: ReadonlyMap<string, ShapedNode>): ReadonlyMap<string, ShapedNode> {
  return new Map([...nodes].filter(([, { parent }]) => parent === null))
}

function checked(pass: Parameters<Observer>[0], program: Program, gradients: boolean, observe: Observer): Program {
  verifyProgram(program, ops, { gradients })
  observe(pass, program)
  return program
}
