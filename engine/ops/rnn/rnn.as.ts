import { activate, RELU, TANH, throughActivation } from '../activation/activation.as'
import { product } from '../product/product.as'
import {
  bytes,
  inputGradient,
  isValid,
  packWeight,
  packWeightBack,
  projectAhead,
  sameGateGradients,
} from '../recurrent/recurrent.as'
import { addVectors, clear, loadPart, partSize, storePart, wholeBytes } from '../vector.as'

// @ts-ignore: decorator
@inline
function activateRow(kind: i32, y: usize, end: usize, whole: bool): void {
  for (; y < end; y += partSize(whole)) storePart(y, activate(kind, loadPart(y, whole)), whole)
}

function activateState(kind: i32, y: usize, hidden: i32): void {
  const whole = y + wholeBytes(hidden)
  const end = y + bytes(hidden)
  if (kind === TANH) {
    activateRow(TANH, y, whole, true)
    activateRow(TANH, whole, end, false)
  } else {
    activateRow(RELU, y, whole, true)
    activateRow(RELU, whole, end, false)
  }
}

export function rnn(
  kind: i32,
  x: usize,
  weightIh: usize,
  weightHh: usize,
  biasIh: usize,
  biasHh: usize,
  lengths: usize,
  y: usize,
  time: i32,
  batch: i32,
  inputs: i32,
  hidden: i32,
  scratch: usize,
): void {
  const packedHh = packWeight(weightIh, hidden, inputs, scratch)
  const bias = packWeight(weightHh, hidden, hidden, packedHh)
  const work = bias + bytes(hidden + 15 & ~15)
  addVectors(bias, biasIh, biasHh, hidden)
  const stride = bytes(hidden)
  const panelStride = <usize>hidden << 6
  for (let t = 0; t < time; t++) {
    projectAhead(t, time, batch, x, inputs, scratch, bias, y, hidden, work)
    const states = y + bytes(t * batch * hidden)
    const before = states - bytes(batch * hidden)
    if (t > 0) product(before, stride, false, batch, hidden, packedHh, panelStride, hidden, states, stride, work)
    for (let row = 0; row < batch; row++) {
      const state = states + <usize>row * stride
      if (isValid(lengths, row, t)) activateState(kind, state, hidden)
      else clear(state, hidden)
    }
  }
}

// @ts-ignore: decorator
@inline
function throughRow(kind: i32, y: usize, dy: usize, dState: usize, dPre: usize, end: usize, whole: bool): void {
  while (y < end) {
    const dh = f32x4.add(loadPart(dy, whole), loadPart(dState, whole))
    storePart(dPre, throughActivation(kind, loadPart(y, whole), dh), whole)
    y += partSize(whole)
    dy += partSize(whole)
    dState += partSize(whole)
    dPre += partSize(whole)
  }
}

function throughState(kind: i32, y: usize, dy: usize, dState: usize, dPre: usize, hidden: i32): void {
  const whole = wholeBytes(hidden)
  throughRow(kind, y, dy, dState, dPre, y + whole, true)
  throughRow(kind, y + whole, dy + whole, dState + whole, dPre + whole, y + bytes(hidden), false)
}

/** dx, or dWeightIh with its three companions, may be 0: not wanted. dPre [T, B, H] may be dy. */
export function rnnGradient(
  kind: i32,
  x: usize,
  weightIh: usize,
  weightHh: usize,
  lengths: usize,
  y: usize,
  dy: usize,
  dPre: usize,
  dx: usize,
  dWeightIh: usize,
  dWeightHh: usize,
  dBiasIh: usize,
  dBiasHh: usize,
  time: i32,
  batch: i32,
  inputs: i32,
  hidden: i32,
  scratch: usize,
): void {
  const stride = bytes(hidden)
  const stepSize = bytes(batch * hidden)
  const dStates = packWeightBack(weightHh, hidden, hidden, scratch)
  const work = dStates + (stepSize + 63 & ~63)
  clear(dStates, batch * hidden)
  for (let t = time - 1; t >= 0; t--) {
    const step = <usize>t * stepSize
    for (let row = 0; row < batch; row++) {
      const at = step + <usize>row * stride
      if (isValid(lengths, row, t)) {
        throughState(kind, y + at, dy + at, dStates + <usize>row * stride, dPre + at, hidden)
      } else {
        clear(dPre + at, hidden)
      }
    }
    clear(dStates, batch * hidden)
    if (t > 0) {
      product(dPre + step, stride, false, batch, hidden, scratch, <usize>hidden << 6, hidden, dStates, stride, work)
    }
  }
  if (dx !== 0) inputGradient(dPre, hidden, weightIh, inputs, time * batch, dx, scratch)
  if (dWeightIh !== 0) {
    sameGateGradients(
      dPre, hidden, x, inputs, y, hidden, time, batch, dWeightIh, dWeightHh, dBiasIh, dBiasHh, scratch,
    )
  }
}
