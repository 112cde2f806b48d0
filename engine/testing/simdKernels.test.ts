import { describeConformance, describeSameDigits } from './conformance'
import { describeGoldens } from './goldens/describeGoldens'
import { wasmBackend } from './wasmBackend'

// Each build with one of the tiles is held against the reference, and with the other against itself.
describeConformance('simd, narrow tiles', () => wasmBackend({ build: 'simd', wideTiles: false }))
describeConformance('relaxed, wide tiles', () => wasmBackend({ build: 'relaxed', wideTiles: true }))

for (const build of ['simd', 'relaxed'] as const) {
  describeSameDigits(`${build}: the tile changes no digit`, () => [
    wasmBackend({ build, wideTiles: false }),
    wasmBackend({ build, wideTiles: true }),
  ])
  for (const wideTiles of [false, true]) {
    describeGoldens(`${build}, ${wideTiles ? 'wide' : 'narrow'} tiles`, () => wasmBackend({ build, wideTiles }))
  }
}
