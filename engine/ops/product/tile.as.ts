// The innermost loops of every matrix product: c [rows, 16] = from [rows, 16] + a · b, b [inner, 16].
//
// How V8 compiles them decides the speed. The two halves of each 32 bytes are loaded and stored at neighbouring immediate offsets and
// all loads of `from` come before the stores: then V8's revectoriser packs pairs into 256-bit operations. Six rows fill the sixteen
// registers with that (12 sums, 2 of b, 1 of a) and spill without it, where two rows are fastest; the self-test measures which to
// use. The inner dimension is never unrolled by hand. All tiles add in the same order, so the choice changes no digit.
import { multiplyAdd } from '../vector.as'

/**
 * `rows` and `transposed` are constants. Element (row, k) of a lies at row · aStride + 4 k, or, when a lies transposed, at
 * 4 row + k · aStride. A fromStride of 0 repeats one row of `from`; from may be c.
 */
// @ts-ignore: decorator
@inline
export function tile(
  rows: i32,
  transposed: bool,
  a: usize,
  aStride: usize,
  inner: i32,
  b: usize,
  bStride: usize,
  from: usize,
  fromStride: usize,
  c: usize,
  cStride: usize,
): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c02 = c00
  let c03 = c00
  let c10 = c00
  let c11 = c00
  let c12 = c00
  let c13 = c00
  let c20 = c00
  let c21 = c00
  let c22 = c00
  let c23 = c00
  let c30 = c00
  let c31 = c00
  let c32 = c00
  let c33 = c00
  let c40 = c00
  let c41 = c00
  let c42 = c00
  let c43 = c00
  let c50 = c00
  let c51 = c00
  let c52 = c00
  let c53 = c00
  let a1 = a + aStride
  let a2 = a1 + aStride
  let a3 = a2 + aStride
  let a4 = a3 + aStride
  let a5 = a4 + aStride
  const end = b + <usize>inner * bStride
  while (b < end) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const b2 = v128.load(b, 32)
    const b3 = v128.load(b, 48)
    let x = v128.load32_splat(a)
    c00 = multiplyAdd(x, b0, c00)
    c01 = multiplyAdd(x, b1, c01)
    c02 = multiplyAdd(x, b2, c02)
    c03 = multiplyAdd(x, b3, c03)
    if (rows > 1) {
      x = transposed ? v128.load32_splat(a, 4) : v128.load32_splat(a1)
      c10 = multiplyAdd(x, b0, c10)
      c11 = multiplyAdd(x, b1, c11)
      c12 = multiplyAdd(x, b2, c12)
      c13 = multiplyAdd(x, b3, c13)
    }
    if (rows > 2) {
      x = transposed ? v128.load32_splat(a, 8) : v128.load32_splat(a2)
      c20 = multiplyAdd(x, b0, c20)
      c21 = multiplyAdd(x, b1, c21)
      c22 = multiplyAdd(x, b2, c22)
      c23 = multiplyAdd(x, b3, c23)
    }
    if (rows > 3) {
      x = transposed ? v128.load32_splat(a, 12) : v128.load32_splat(a3)
      c30 = multiplyAdd(x, b0, c30)
      c31 = multiplyAdd(x, b1, c31)
      c32 = multiplyAdd(x, b2, c32)
      c33 = multiplyAdd(x, b3, c33)
    }
    if (rows > 4) {
      x = transposed ? v128.load32_splat(a, 16) : v128.load32_splat(a4)
      c40 = multiplyAdd(x, b0, c40)
      c41 = multiplyAdd(x, b1, c41)
      c42 = multiplyAdd(x, b2, c42)
      c43 = multiplyAdd(x, b3, c43)
    }
    if (rows > 5) {
      x = transposed ? v128.load32_splat(a, 20) : v128.load32_splat(a5)
      c50 = multiplyAdd(x, b0, c50)
      c51 = multiplyAdd(x, b1, c51)
      c52 = multiplyAdd(x, b2, c52)
      c53 = multiplyAdd(x, b3, c53)
    }
    a += transposed ? aStride : 4
    if (rows > 1 && !transposed) a1 += 4
    if (rows > 2 && !transposed) a2 += 4
    if (rows > 3 && !transposed) a3 += 4
    if (rows > 4 && !transposed) a4 += 4
    if (rows > 5 && !transposed) a5 += 4
    b += bStride
  }
  c00 = f32x4.add(c00, v128.load(from))
  c01 = f32x4.add(c01, v128.load(from, 16))
  c02 = f32x4.add(c02, v128.load(from, 32))
  c03 = f32x4.add(c03, v128.load(from, 48))
  if (rows > 1) {
    from += fromStride
    c10 = f32x4.add(c10, v128.load(from))
    c11 = f32x4.add(c11, v128.load(from, 16))
    c12 = f32x4.add(c12, v128.load(from, 32))
    c13 = f32x4.add(c13, v128.load(from, 48))
  }
  if (rows > 2) {
    from += fromStride
    c20 = f32x4.add(c20, v128.load(from))
    c21 = f32x4.add(c21, v128.load(from, 16))
    c22 = f32x4.add(c22, v128.load(from, 32))
    c23 = f32x4.add(c23, v128.load(from, 48))
  }
  if (rows > 3) {
    from += fromStride
    c30 = f32x4.add(c30, v128.load(from))
    c31 = f32x4.add(c31, v128.load(from, 16))
    c32 = f32x4.add(c32, v128.load(from, 32))
    c33 = f32x4.add(c33, v128.load(from, 48))
  }
  if (rows > 4) {
    from += fromStride
    c40 = f32x4.add(c40, v128.load(from))
    c41 = f32x4.add(c41, v128.load(from, 16))
    c42 = f32x4.add(c42, v128.load(from, 32))
    c43 = f32x4.add(c43, v128.load(from, 48))
  }
  if (rows > 5) {
    from += fromStride
    c50 = f32x4.add(c50, v128.load(from))
    c51 = f32x4.add(c51, v128.load(from, 16))
    c52 = f32x4.add(c52, v128.load(from, 32))
    c53 = f32x4.add(c53, v128.load(from, 48))
  }
  v128.store(c, c00)
  v128.store(c, c01, 16)
  v128.store(c, c02, 32)
  v128.store(c, c03, 48)
  if (rows > 1) {
    c += cStride
    v128.store(c, c10)
    v128.store(c, c11, 16)
    v128.store(c, c12, 32)
    v128.store(c, c13, 48)
  }
  if (rows > 2) {
    c += cStride
    v128.store(c, c20)
    v128.store(c, c21, 16)
    v128.store(c, c22, 32)
    v128.store(c, c23, 48)
  }
  if (rows > 3) {
    c += cStride
    v128.store(c, c30)
    v128.store(c, c31, 16)
    v128.store(c, c32, 32)
    v128.store(c, c33, 48)
  }
  if (rows > 4) {
    c += cStride
    v128.store(c, c40)
    v128.store(c, c41, 16)
    v128.store(c, c42, 32)
    v128.store(c, c43, 48)
  }
  if (rows > 5) {
    c += cStride
    v128.store(c, c50)
    v128.store(c, c51, 16)
    v128.store(c, c52, 32)
    v128.store(c, c53, 48)
  }
}
