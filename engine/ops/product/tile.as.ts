// The innermost loops of every matrix product: c [rows, 16] += a · b, where a is a packed group [inner][4] and b a panel [inner][16].
//
// How V8 compiles them decides the speed. The two halves of each 32 bytes are loaded and stored at neighbouring immediate offsets and
// all loads of c come before its stores: then V8's revectoriser packs pairs into 256-bit operations. tile4 fills the registers with
// that and spills without it, where tile2 is faster; the self-test measures which to use. The inner dimension is never unrolled by
// hand. All tiles add in the same order, so the choice changes no digit.
import { multiplyAdd } from '../vector.as'

export function tile4(a: usize, inner: i32, b: usize, c: usize, cStride: usize): void {
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
  const end = b + (<usize>inner << 6)
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
    x = v128.load32_splat(a, 4)
    c10 = multiplyAdd(x, b0, c10)
    c11 = multiplyAdd(x, b1, c11)
    c12 = multiplyAdd(x, b2, c12)
    c13 = multiplyAdd(x, b3, c13)
    x = v128.load32_splat(a, 8)
    c20 = multiplyAdd(x, b0, c20)
    c21 = multiplyAdd(x, b1, c21)
    c22 = multiplyAdd(x, b2, c22)
    c23 = multiplyAdd(x, b3, c23)
    x = v128.load32_splat(a, 12)
    c30 = multiplyAdd(x, b0, c30)
    c31 = multiplyAdd(x, b1, c31)
    c32 = multiplyAdd(x, b2, c32)
    c33 = multiplyAdd(x, b3, c33)
    a += 16
    b += 64
  }
  const row1 = c + cStride
  const row2 = row1 + cStride
  const row3 = row2 + cStride
  c00 = f32x4.add(c00, v128.load(c))
  c01 = f32x4.add(c01, v128.load(c, 16))
  c02 = f32x4.add(c02, v128.load(c, 32))
  c03 = f32x4.add(c03, v128.load(c, 48))
  c10 = f32x4.add(c10, v128.load(row1))
  c11 = f32x4.add(c11, v128.load(row1, 16))
  c12 = f32x4.add(c12, v128.load(row1, 32))
  c13 = f32x4.add(c13, v128.load(row1, 48))
  c20 = f32x4.add(c20, v128.load(row2))
  c21 = f32x4.add(c21, v128.load(row2, 16))
  c22 = f32x4.add(c22, v128.load(row2, 32))
  c23 = f32x4.add(c23, v128.load(row2, 48))
  c30 = f32x4.add(c30, v128.load(row3))
  c31 = f32x4.add(c31, v128.load(row3, 16))
  c32 = f32x4.add(c32, v128.load(row3, 32))
  c33 = f32x4.add(c33, v128.load(row3, 48))
  v128.store(c, c00)
  v128.store(c, c01, 16)
  v128.store(c, c02, 32)
  v128.store(c, c03, 48)
  v128.store(row1, c10)
  v128.store(row1, c11, 16)
  v128.store(row1, c12, 32)
  v128.store(row1, c13, 48)
  v128.store(row2, c20)
  v128.store(row2, c21, 16)
  v128.store(row2, c22, 32)
  v128.store(row2, c23, 48)
  v128.store(row3, c30)
  v128.store(row3, c31, 16)
  v128.store(row3, c32, 32)
  v128.store(row3, c33, 48)
}

export function tile2(a: usize, inner: i32, b: usize, c: usize, cStride: usize): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c02 = c00
  let c03 = c00
  let c10 = c00
  let c11 = c00
  let c12 = c00
  let c13 = c00
  const end = b + (<usize>inner << 6)
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
    x = v128.load32_splat(a, 4)
    c10 = multiplyAdd(x, b0, c10)
    c11 = multiplyAdd(x, b1, c11)
    c12 = multiplyAdd(x, b2, c12)
    c13 = multiplyAdd(x, b3, c13)
    a += 16
    b += 64
  }
  const row1 = c + cStride
  c00 = f32x4.add(c00, v128.load(c))
  c01 = f32x4.add(c01, v128.load(c, 16))
  c02 = f32x4.add(c02, v128.load(c, 32))
  c03 = f32x4.add(c03, v128.load(c, 48))
  c10 = f32x4.add(c10, v128.load(row1))
  c11 = f32x4.add(c11, v128.load(row1, 16))
  c12 = f32x4.add(c12, v128.load(row1, 32))
  c13 = f32x4.add(c13, v128.load(row1, 48))
  v128.store(c, c00)
  v128.store(c, c01, 16)
  v128.store(c, c02, 32)
  v128.store(c, c03, 48)
  v128.store(row1, c10)
  v128.store(row1, c11, 16)
  v128.store(row1, c12, 32)
  v128.store(row1, c13, 48)
}

export function tile1(a: usize, inner: i32, b: usize, c: usize, cStride: usize): void {
  let c00 = f32x4.splat(0)
  let c01 = c00
  let c02 = c00
  let c03 = c00
  const end = b + (<usize>inner << 6)
  while (b < end) {
    const b0 = v128.load(b)
    const b1 = v128.load(b, 16)
    const b2 = v128.load(b, 32)
    const b3 = v128.load(b, 48)
    const x = v128.load32_splat(a)
    c00 = multiplyAdd(x, b0, c00)
    c01 = multiplyAdd(x, b1, c01)
    c02 = multiplyAdd(x, b2, c02)
    c03 = multiplyAdd(x, b3, c03)
    a += 16
    b += 64
  }
  c00 = f32x4.add(c00, v128.load(c))
  c01 = f32x4.add(c01, v128.load(c, 16))
  c02 = f32x4.add(c02, v128.load(c, 32))
  c03 = f32x4.add(c03, v128.load(c, 48))
  v128.store(c, c00)
  v128.store(c, c01, 16)
  v128.store(c, c02, 32)
  v128.store(c, c03, 48)
}
