// The lstm's projection (Sak, Senior & Beaufays 2014): what the cells give, `raw` [T, B, H], times weight_hr [P, H] is y [T, B, P].
import { product } from '../product/product.as'
import { weightGradient } from '../product/weightGradient.as'
import { bytes, isValid, rowOrZeros, stateStepBytes, stepBytes } from '../recurrent/recurrent.as'
import { RecurrentCall } from '../recurrent/recurrentCall.as'
import { addVectors, clear } from '../vector.as'

/** y of step t from what the cells gave. */
export function project(c: RecurrentCall, t: i32): void {
  const hidden = c.hidden
  const state = c.state
  const raw = c.raw + <usize>t * stepBytes(c)
  const y = c.y + <usize>t * stateStepBytes(c)
  clear(y, c.batch * state)
  product(raw, bytes(hidden), false, c.batch, hidden, c.packedHr, <usize>hidden << 6, state, y, bytes(state), c.work)
}

/** dProjected of step t = dy + dStates, 0 past an example's length; dRaw = that · weight_hr. */
export function throughProjection(c: RecurrentCall, t: i32): void {
  const hidden = c.hidden
  const state = c.state
  const stride = bytes(state)
  const start = <usize>t * stateStepBytes(c)
  const dProjected = c.dProjected + start
  for (let row = 0; row < c.batch; row++) {
    const within = <usize>row * stride
    const target = dProjected + within
    if (isValid(c.lengths, row, t)) addVectors(target, rowOrZeros(c, c.dy, start + within), c.dStates + within, state)
    else clear(target, state)
  }
  clear(c.dRaw, c.batch * hidden)
  product(dProjected, stride, false, c.batch, state, c.packedHr, <usize>state << 6, hidden, c.dRaw, bytes(hidden), c.work)
}

export function projectionGradient(c: RecurrentCall): void {
  const rows = c.time * c.batch
  clear(c.dWeightHr, c.state * c.hidden)
  weightGradient(c.dProjected, bytes(c.state), c.state, c.raw, bytes(c.hidden), c.hidden, rows, c.dWeightHr, c.free)
}
