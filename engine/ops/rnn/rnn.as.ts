import { activation, RELU, TANH, throughActivation } from '../activation/activation.as'
import {
  addStateProduct,
  beginCall,
  bytes,
  isValid,
  packLayer,
  rowOrZeros,
  stepBytes,
  walk,
} from '../recurrent/recurrent.as'
import { finishLayer, throughWeight, walkBack } from '../recurrent/recurrentBack.as'
import { RecurrentCall } from '../recurrent/recurrentCall.as'
import { clear, loadFirst, loadSecond, pairBytes, storeBoth, wholeBytes } from '../vector.as'

function step(c: RecurrentCall, t: i32): void {
  const hidden = c.hidden
  const stride = bytes(hidden)
  const states = c.y + <usize>t * stepBytes(c)
  addStateProduct(c, t, hidden, states)
  for (let row = 0; row < c.batch; row++) {
    const state = states + <usize>row * stride
    if (isValid(c.lengths, row, t)) activation(c.variant, state, state, hidden)
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
function throughPart(
  kind: i32,
  y: usize,
  dy: usize,
  dState: usize,
  dPre: usize,
  at: usize,
  end: usize,
  width: i32,
): void {
  for (; at < end; at += width << 2) {
    const dh1 = f32x4.add(loadFirst(dy + at, width), loadFirst(dState + at, width))
    const dh2 = f32x4.add(loadSecond(dy + at, width), loadSecond(dState + at, width))
    const first = throughActivation(kind, loadFirst(y + at, width), dh1)
    const second = throughActivation(kind, loadSecond(y + at, width), dh2)
    storeBoth(dPre + at, first, second, width)
  }
}

// @ts-ignore: decorator
@inline
function throughState(kind: i32, y: usize, dy: usize, dState: usize, dPre: usize, hidden: i32): void {
  const pairs = pairBytes(hidden)
  const whole = wholeBytes(hidden)
  throughPart(kind, y, dy, dState, dPre, 0, pairs, 8)
  throughPart(kind, y, dy, dState, dPre, pairs, whole, 4)
  throughPart(kind, y, dy, dState, dPre, whole, bytes(hidden), 1)
}

function throughTangent(y: usize, dy: usize, dState: usize, dPre: usize, hidden: i32): void {
  throughState(TANH, y, dy, dState, dPre, hidden)
}

function throughRectified(y: usize, dy: usize, dState: usize, dPre: usize, hidden: i32): void {
  throughState(RELU, y, dy, dState, dPre, hidden)
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
      const dy = rowOrZeros(c, c.dy, at)
      if (c.variant === TANH) throughTangent(c.y + at, dy, c.dStates + within, dPre, hidden)
      else throughRectified(c.y + at, dy, c.dStates + within, dPre, hidden)
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
