import { describeConformance } from './conformance'
import { describeGoldens } from './goldens/describeGoldens'
import { wasmBackend } from './wasmBackend'

for (const build of ['simd', 'relaxed'] as const) {
  for (const wideTiles of [false, true]) {
    const name = `${build}, ${wideTiles ? 'wide' : 'narrow'} tiles`
    describeConformance(name, () => wasmBackend({ build, wideTiles }))
    describeGoldens(name, () => wasmBackend({ build, wideTiles }))
  }
}
