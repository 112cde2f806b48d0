import { packedBytes, packRight, packRightTransposed } from '../product/pack.as'
import { productFrom } from '../product/product.as'
import { addRowProduct } from '../product/rowProduct.as'
import { sumRowsInto, weightGradient } from '../product/weightGradient.as'
import { clear, copy } from '../vector.as'

/** y [rows, outputs] = x [rows, inputs] · weight [outputs, inputs]ᵀ + bias; bias 0: none; `packed`: scratch has the weight already. */
export function linear(
  x: usize,
  weight: usize,
  bias: usize,
  y: usize,
  rows: i32,
  inputs: i32,
  outputs: i32,
  scratch: usize,
  packed: bool,
): void {
  const stride = <usize>outputs << 2
  if (rows === 1) {
    if (bias !== 0) copy(y, bias, outputs)
    else clear(y, outputs)
    addRowProduct(x, weight, inputs, outputs, y, scratch)
    return
  }
  const work = scratch + packedBytes(inputs, outputs)
  if (!packed) packRightTransposed(weight, <usize>inputs << 2, inputs, outputs, scratch)
  productFrom(x, <usize>inputs << 2, false, rows, inputs, scratch, <usize>inputs << 6, outputs, bias, 0, y, stride, work)
}

/** dx [rows, inputs] = dy [rows, outputs] · weight [outputs, inputs]; `packed` as above. */
export function linearInputGradient(
  dy: usize,
  weight: usize,
  dx: usize,
  rows: i32,
  inputs: i32,
  outputs: i32,
  scratch: usize,
  packed: bool,
): void {
  const stride = <usize>inputs << 2
  const work = scratch + packedBytes(outputs, inputs)
  if (!packed) packRight(weight, stride, outputs, inputs, scratch)
  productFrom(dy, <usize>outputs << 2, false, rows, outputs, scratch, <usize>outputs << 6, inputs, 0, 0, dx, stride, work)
}

/** dWeight [outputs, inputs] = dyᵀ · x and dBias [outputs] = sum of dy's rows; dBias 0: not wanted. */
export function linearWeightGradient(
  x: usize,
  dy: usize,
  dWeight: usize,
  dBias: usize,
  rows: i32,
  inputs: i32,
  outputs: i32,
  scratch: usize,
): void {
  clear(dWeight, inputs * outputs)
  weightGradient(dy, <usize>outputs << 2, outputs, x, <usize>inputs << 2, inputs, rows, dWeight, scratch)
  if (dBias === 0) return
  clear(dBias, outputs)
  sumRowsInto(dBias, dy, <usize>outputs << 2, outputs, rows)
}
