import type { Attributes, ValueId, ValueType } from '../ir/program'

/** Sizes of one value with B and T bound. */
export type BoundDims = readonly number[]

/** What a gradient rule sees. `dOutputs[i]` is null when nothing depends on output i. */
export interface GradientContext {
  inputs: readonly (ValueId | null)[]
  outputs: readonly ValueId[]
  dOutputs: readonly (ValueId | null)[]
  attributes: Attributes
  /** needed[i]: somebody wants the gradient of input i; a rule must not compute what is not needed. */
  needed: readonly boolean[]
  type(value: ValueId): ValueType
  /** Appends a backward instruction and returns its outputs. */
  emit(op: string, inputs: readonly (ValueId | null)[], attributes?: Attributes): ValueId[]
}

/** How an instruction looks that also gives its last states, and may begin with given ones. */
export interface StateEnds {
  attributes: Attributes
  /** Place among its outputs of each output that it had before. */
  outputs: readonly number[]
  /** For each state: the input that it begins with (there may be fewer inputs; what is missing is null), and the output that it ends as. */
  ends: readonly { input: number; output: number }[]
}

/**
 * An op of the IR. One definition: shape rule, gradient rule, cost, memory. Kernels are kept apart (engine/ops/kernels.ts)
 * so that the renderer can compile without them.
 */
export interface OpDefinition {
  name: string
  /** Output types; throws InternalError when the inputs cannot be meant (lowering has already spoken to the user). */
  infer(inputs: readonly (ValueType | null)[], attributes: Attributes): ValueType[]
  /** One entry per input: its gradient, or null when it has none. Absent: the op is not differentiable. */
  gradient?(context: GradientContext): (ValueId | null)[]
  /** Floating point operations (a multiply-add is 2). */
  flops?(inputs: readonly (BoundDims | null)[], outputs: readonly BoundDims[], attributes: Attributes): number
  /** Ops that hand a state from time step to time step: how to have that state at both ends. */
  states?(attributes: Attributes): StateEnds
  /** Output index → input index whose buffer it may overwrite when that input dies here. */
  inPlace?: readonly { output: number; input: number }[]
  /** Input of which alone the kernel makes something that it may keep in its scratch; see `KernelCall.constants`. */
  keepsOf?: number
  /** Elements of workspace that live only during the call. */
  scratch?(inputs: readonly (BoundDims | null)[], outputs: readonly BoundDims[], attributes: Attributes): number
}

export function defineOp(definition: OpDefinition): OpDefinition {
  return definition
}
