import { assertNever, invariant, present } from '../../base/invariant'
import type { Attributes, Dim, ValueId, ValueType } from '../../ir/program'
import { sameType } from '../../ir/shape'
import { type BoundDims, defineOp, type GradientContext, type OpDefinition, type StateEnds } from '../defineOp'
import { dimAt, f32, fixedDim, floatInput, sameDims } from '../valueRules'
import type { CallField } from './recurrentCall'
import {
  boundLayer,
  recurrentFlops,
  recurrentGradientFlops,
  recurrentGradientScratch,
  recurrentScratch,
} from './recurrentCost'
import {
  backwardSlots,
  checkOptions,
  forwardSlots,
  GRADIENT_OF,
  isSet,
  PEEPHOLES,
  type RecurrentKind,
  type Slots,
  WEIGHTS,
} from './recurrentSlots'

/**
 * The op of a kind of recurrent layer. Inputs x [T, B, I], weight_ih [G·H, I], weight_hh [G·H, H], bias_ih [G·H], bias_hh [G·H],
 * lengths i32 [B]; then, each of which may be absent, the state before the first step h0 [B, H], the memory c0 [B, H] of kinds that
 * have one, and the diagonal weights [H] (attribute `peepholes`). Outputs: y [T, B, H], what the kind keeps, and with attribute
 * `finalState` the state [B, H] (and memory) after each row's last valid step.
 *
 * With attribute `projection` (Sak, Senior & Beaufays 2014, PyTorch's `proj_size`) the last input is weight_hr [P, H]: what a step
 * would hand on is multiplied with it, so that y and state are P wide and weight_hh is [G·H, P]; kept besides is what was multiplied,
 * raw [T, B, H].
 *
 * With attribute `masked` the last input is a mask [B, P] without a gradient, which the state is multiplied with wherever weight_hh
 * meets it, the same at every step (for recurrent dropout after Gal & Ghahramani 2016, with one mask for all gates); what is handed on
 * past the product (the gru's old state, the lstm's cells) does not go through it. Kept besides is what weight_hh met, [T, B, P].
 *
 * With attribute `normalised` (Ba, Kiros & Hinton 2016, equations 20 to 22) the last inputs are gain_ih and gain_hh [G·H]: both
 * products are normalised before they are added up, sum = gain_ih ⊙ norm(weight_ih x) + bias_ih + gain_hh ⊙ norm(weight_hh h) +
 * bias_hh, norm(p) = (p − mean) / √(variance + 1e-5) over all rows of the weight (of the gru over those of r and z, and those of n).
 * Other than in the paper the lstm's cell is not normalised on its way out, and the rnn's two products are normalised apart, as
 * those of the others. Kept besides are both norms side by side, [T, B, 2·G·H], and the 1 / √(…) of each.
 */
export function defineRecurrent(kind: RecurrentKind): OpDefinition {
  const { name } = kind
  const layerOf = layerReader(kind)
  return defineOp({
    name,
    infer(inputs, attributes) {
      kind.check(attributes)
      const slots = forwardSlots(kind, attributes)
      const sizes = checkInputs(name, kind, slots, inputs, attributes)
      return slots.outputs.map((field) => typeOf(kind, field, sizes))
    },
    gradient: (context) => recurrentGradient(kind, context),
    states: (attributes) => stateEnds(kind, attributes),
    flops: ([x, , weightHh], _, attributes) => recurrentFlops(layerOf(x, weightHh, attributes)),
    scratch: ([x, , weightHh], _, attributes) => recurrentScratch(layerOf(x, weightHh, attributes)),
  })
}

/**
 * Its gradient. Inputs: x, weight_ih, weight_hh, lengths, y, what forward kept, dy; the optional inputs of forward; the gradients of
 * the final state (and memory). dy and those may be absent. Outputs: what the kernel works in; dx (attribute `inputGradient`);
 * dWeight_ih, dWeight_hh, dBias_ih, dBias_hh and the gradients of the diagonal weights (`weightGradient`); dh0 (`stateGradient`);
 * dc0 (`memoryGradient`).
 */
export function defineRecurrentGradient(kind: RecurrentKind): OpDefinition {
  const { work } = kind
  const layerOf = layerReader(kind)
  const name = `${kind.name}Gradient`
  const { inputs: order } = backwardSlots(kind, { inputGradient: false, weightGradient: false })
  return defineOp({
    name,
    infer(inputs, attributes) {
      kind.check(attributes)
      const slots = backwardSlots(kind, attributes)
      const sizes = checkInputs(name, kind, slots, inputs, attributes)
      return slots.outputs.map((field) => typeOf(kind, field, sizes))
    },
    flops: ([x, , weightHh], _, attributes) =>
      recurrentGradientFlops(layerOf(x, weightHh, attributes), {
        inputGradient: isSet(attributes, 'inputGradient'),
        weightGradient: isSet(attributes, 'weightGradient'),
      }),
    scratch: ([x, , weightHh], _, attributes) => recurrentGradientScratch(layerOf(x, weightHh, attributes)),
    inPlace: work.map(({ over }, output) => ({ output, input: order.indexOf(over) })),
  })
}

interface RecurrentDims {
  time: Dim
  rows: Dim
  input: number
  /** Cells. */
  hidden: number
  /** Width of y and state: as many as cells unless they are projected. */
  state: number
}

/** Reads the sizes of a bound call. */
function layerReader({ gates }: RecurrentKind) {
  return (x: BoundDims | null | undefined, weightHh: BoundDims | null | undefined, attributes: Attributes) =>
    boundLayer(x, weightHh, gates, isSet(attributes, 'projection'), isSet(attributes, 'masked'))
}

/** Every input that is there has the type that its place asks for, and none is missing. */
function checkInputs(
  op: string,
  kind: RecurrentKind,
  slots: Slots,
  inputs: readonly (ValueType | null)[],
  attributes: Attributes,
): RecurrentDims {
  const { inputs: order, required } = slots
  checkOptions(kind, attributes)
  invariant(inputs.length <= order.length, `${op}: takes ${order.length} inputs at most, not ${inputs.length}`)
  const x = floatInput(op, inputs, 0, 3)
  const weightHh = floatInput(op, inputs, 2, 2)
  const state = fixedDim(op, weightHh, 1)
  const sizes = {
    time: dimAt(op, x, 0),
    rows: dimAt(op, x, 1),
    input: fixedDim(op, x, 2),
    hidden: isSet(attributes, 'projection') ? fixedDim(op, weightHh, 0) / kind.gates : state,
    state,
  }
  for (const [index, field] of order.entries()) {
    const type = inputs[index] ?? null
    if (type === null) {
      invariant(!required.includes(field), `${op}: ${field} is missing`)
      continue
    }
    const expected = typeOf(kind, field, sizes)
    sameDims(op, field, type.dims, expected.dims)
    invariant(sameType(type, expected), `${op}: ${field} must be ${expected.dtype}, is ${type.dtype}`)
  }
  checkPeepholes(op, slots, inputs, attributes)
  return sizes
}

function checkPeepholes(
  op: string,
  { inputs: order }: Slots,
  inputs: readonly (ValueType | null)[],
  attributes: Attributes,
): void {
  for (const field of PEEPHOLES) {
    const index = order.indexOf(field)
    const there = (inputs[index] ?? null) !== null
    invariant(
      there === (index >= 0 && isSet(attributes, 'peepholes')),
      `${op}: ${field} and attribute peepholes disagree`,
    )
  }
}

function typeOf(kind: RecurrentKind, field: CallField, sizes: RecurrentDims): ValueType {
  const { time, rows, input, hidden, state } = sizes
  const wide = kind.gates * hidden
  const widthOf = (entries: readonly { field: string; width: number }[]): number =>
    hidden * present(entries.find((entry) => entry.field === field)?.width, `${kind.name} has no ${field}`)
  switch (field) {
    case 'x':
    case 'dx':
      return f32(time, rows, input)
    case 'weightIh':
    case 'dWeightIh':
      return f32(wide, input)
    case 'weightHh':
    case 'dWeightHh':
      return f32(wide, state)
    case 'biasIh':
    case 'biasHh':
    case 'dBiasIh':
    case 'dBiasHh':
      return f32(wide)
    case 'lengths':
      return { dtype: 'i32', dims: [rows] }
    case 'peepholeI':
    case 'peepholeF':
    case 'peepholeO':
    case 'dPeepholeI':
    case 'dPeepholeF':
    case 'dPeepholeO':
      return f32(hidden)
    case 'weightHr':
    case 'dWeightHr':
      return f32(state, hidden)
    case 'initialMemory':
    case 'finalMemory':
    case 'dInitialMemory':
    case 'dFinalMemory':
      return f32(rows, hidden)
    case 'initialState':
    case 'finalState':
    case 'dInitialState':
    case 'dFinalState':
    case 'mask':
      return f32(rows, state)
    case 'y':
    case 'dy':
    case 'dProjected':
    case 'met':
      return f32(time, rows, state)
    case 'gainIh':
    case 'gainHh':
    case 'dGainIh':
    case 'dGainHh':
      return f32(wide)
    case 'normal':
    case 'dProducts':
      return f32(time, rows, 2 * wide)
    case 'scales':
      return f32(time, rows, 2 * kind.groups.length)
    case 'raw':
      return f32(time, rows, hidden)
    case 'gates':
    case 'kept':
      return f32(time, rows, widthOf(kind.kept))
    case 'dGates':
    case 'dKept':
      return f32(time, rows, widthOf(kind.work))
    case 'variant':
    case 'time':
    case 'batch':
    case 'inputs':
    case 'hidden':
    case 'state':
    case 'wide':
    case 'firstGroup':
    case 'scratch':
      invariant(false, `${field} is no tensor`)
      break
    default:
      return assertNever(field)
  }
}

function stateEnds(kind: RecurrentKind, attributes: Attributes): StateEnds {
  const asked = { ...attributes, finalState: true }
  const slots = forwardSlots(kind, asked)
  const end = (start: CallField, last: CallField) => ({
    input: slots.inputs.indexOf(start),
    output: slots.outputs.indexOf(last),
  })
  return {
    attributes: asked,
    outputs: forwardSlots(kind, attributes).outputs.map((field) => slots.outputs.indexOf(field)),
    ends: [end('initialState', 'finalState'), ...(kind.memory ? [end('initialMemory', 'finalMemory')] : [])],
  }
}

/** Emits the gradient op, with only what is wanted, and hands out what it gives. */
function recurrentGradient(kind: RecurrentKind, context: GradientContext): (ValueId | null)[] {
  const { inputs, outputs, dOutputs, needed, attributes, emit } = context
  const forward = forwardSlots(kind, attributes)
  const values = new Map<CallField, ValueId | null>()
  for (const [index, field] of forward.inputs.entries()) values.set(field, inputs[index] ?? null)
  for (const [index, field] of forward.outputs.entries()) {
    values.set(field, outputs[index] ?? null)
    const gradient = GRADIENT_OF[field]
    if (gradient) values.set(gradient, dOutputs[index] ?? null)
    else invariant((dOutputs[index] ?? null) === null, `${kind.name}: no gradient flows from ${field}`)
  }
  const wanted = (field: CallField): boolean => needed[forward.inputs.indexOf(field)] === true
  const asked: Attributes = {
    ...attributes,
    inputGradient: wanted('x'),
    weightGradient: WEIGHTS.some(wanted),
    ...(wanted('initialState') ? { stateGradient: true } : {}),
    ...(wanted('initialMemory') ? { memoryGradient: true } : {}),
  }
  const backward = backwardSlots(kind, asked)
  const operands = backward.inputs.map((field) => values.get(field) ?? null)
  while (operands.at(-1) === null) operands.pop()
  const results = emit(`${kind.name}Gradient`, operands, asked)
  return inputs.map((_, index) => {
    const field = forward.inputs[index]
    const gradient = field && GRADIENT_OF[field]
    const place = gradient ? backward.outputs.indexOf(gradient) : -1
    return results[place] ?? null
  })
}
