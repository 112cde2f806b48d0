import { activate, RELU, TANH, throughActivation } from '../activation/activation.as'
import {
  addStateProduct,
  beginCall,
  bytes,
  finishLayer,
  isValid,
  packLayer,
  rowOrZeros,
  stepBytes,
  throughWeight,
  walk,
  walkBack,
} from '../recurrent/recurrent.as'
import { RecurrentCall } from '../recurrent/recurrentCall.as'
import { clear, loadPart, partSize, storePart, wholeBytes } from '../vector.as'

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

function step(c: RecurrentCall, t: i32): void {
  const hidden = c.hidden
  const stride = bytes(hidden)
  const states = c.y + <usize>t * stepBytes(c)
  addStateProduct(c, t, hidden, states)
  for (let row = 0; row < c.batch; row++) {
    const state = states + <usize>row * stride
    if (isValid(c.lengths, row, t)) activateState(c.variant, state, hidden)
    else clear(state, hidden)
  }
}

export function rnn(call: usize): void {
  const c = beginCall(call)
  packLayer(c, c.hidden)
  walk(c, c.hidden, c.y, step)
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

function stepBack(c: RecurrentCall, t: i32): void {
  const hidden = c.hidden
  const stride = bytes(hidden)
  const start = <usize>t * stepBytes(c)
  for (let row = 0; row < c.batch; row++) {
    const within = <usize>row * stride
    const at = start + within
    const dPre = c.dGates + at
    if (isValid(c.lengths, row, t)) {
      throughState(c.variant, c.y + at, rowOrZeros(c, c.dy, at), c.dStates + within, dPre, hidden)
    } else {
      clear(dPre, hidden)
    }
  }
  throughWeight(c, c.dGates + start, hidden, t)
}

/** dGates [T, B, H], the gradient before the activation, may be dy. */
export function rnnGradient(call: usize): void {
  const c = beginCall(call)
  walkBack(c, c.hidden, stepBack)
  finishLayer(c, c.dGates, c.hidden)
}
