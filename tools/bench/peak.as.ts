// What one core can do with float32, as WebAssembly sees it: compiled by tools/bench/peakModule.mjs, read by engine/peakProbe.ts.

/** 2⁻²⁴ where a × b + c is rounded once, 0 where the product is rounded first. */
export function fusedRest(): f32 {
  const a = f32x4.splat(1.000244140625)
  const c = f32x4.splat(-1.00048828125)
  return f32x4.extract_lane(f32x4.relaxed_madd(a, a, c), 0)
}

/**
 * `rounds` × 16 multiply-adds of 4 lanes on 16 sums that begin and end in memory at `at`, eight pairs side by side: what V8 can pack
 * into 256 bits, it packs. Multiplied is by what stands at `at + 256` and `at + 288`.
 */
export function packable(at: usize, rounds: i32): void {
  let a0 = v128.load(at, 0)
  let a1 = v128.load(at, 16)
  let b0 = v128.load(at, 32)
  let b1 = v128.load(at, 48)
  let c0 = v128.load(at, 64)
  let c1 = v128.load(at, 80)
  let d0 = v128.load(at, 96)
  let d1 = v128.load(at, 112)
  let e0 = v128.load(at, 128)
  let e1 = v128.load(at, 144)
  let f0 = v128.load(at, 160)
  let f1 = v128.load(at, 176)
  let g0 = v128.load(at, 192)
  let g1 = v128.load(at, 208)
  let h0 = v128.load(at, 224)
  let h1 = v128.load(at, 240)
  const x = v128.load32_splat(at, 256)
  const y = v128.load32_splat(at, 288)
  for (let round = 0; round < rounds; round++) {
    a0 = f32x4.relaxed_madd(a0, x, y)
    a1 = f32x4.relaxed_madd(a1, x, y)
    b0 = f32x4.relaxed_madd(b0, x, y)
    b1 = f32x4.relaxed_madd(b1, x, y)
    c0 = f32x4.relaxed_madd(c0, x, y)
    c1 = f32x4.relaxed_madd(c1, x, y)
    d0 = f32x4.relaxed_madd(d0, x, y)
    d1 = f32x4.relaxed_madd(d1, x, y)
    e0 = f32x4.relaxed_madd(e0, x, y)
    e1 = f32x4.relaxed_madd(e1, x, y)
    f0 = f32x4.relaxed_madd(f0, x, y)
    f1 = f32x4.relaxed_madd(f1, x, y)
    g0 = f32x4.relaxed_madd(g0, x, y)
    g1 = f32x4.relaxed_madd(g1, x, y)
    h0 = f32x4.relaxed_madd(h0, x, y)
    h1 = f32x4.relaxed_madd(h1, x, y)
  }
  v128.store(at, a0, 0)
  v128.store(at, a1, 16)
  v128.store(at, b0, 32)
  v128.store(at, b1, 48)
  v128.store(at, c0, 64)
  v128.store(at, c1, 80)
  v128.store(at, d0, 96)
  v128.store(at, d1, 112)
  v128.store(at, e0, 128)
  v128.store(at, e1, 144)
  v128.store(at, f0, 160)
  v128.store(at, f1, 176)
  v128.store(at, g0, 192)
  v128.store(at, g1, 208)
  v128.store(at, h0, 224)
  v128.store(at, h1, 240)
}

/** The same with eight sums that lie 64 bytes apart, which nothing can pair: the speed of 128-bit vectors. */
export function unpackable(at: usize, rounds: i32): void {
  let a = v128.load(at, 0)
  let b = v128.load(at, 64)
  let c = v128.load(at, 128)
  let d = v128.load(at, 192)
  let e = v128.load(at, 256)
  let f = v128.load(at, 320)
  let g = v128.load(at, 384)
  let h = v128.load(at, 448)
  const x = v128.load32_splat(at, 512)
  const y = v128.load32_splat(at, 544)
  for (let round = 0; round < rounds; round++) {
    a = f32x4.relaxed_madd(a, x, y)
    b = f32x4.relaxed_madd(b, x, y)
    c = f32x4.relaxed_madd(c, x, y)
    d = f32x4.relaxed_madd(d, x, y)
    e = f32x4.relaxed_madd(e, x, y)
    f = f32x4.relaxed_madd(f, x, y)
    g = f32x4.relaxed_madd(g, x, y)
    h = f32x4.relaxed_madd(h, x, y)
  }
  v128.store(at, a, 0)
  v128.store(at, b, 64)
  v128.store(at, c, 128)
  v128.store(at, d, 192)
  v128.store(at, e, 256)
  v128.store(at, f, 320)
  v128.store(at, g, 384)
  v128.store(at, h, 448)
}
