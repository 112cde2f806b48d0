import { describe, expect, it } from 'vitest'
import { describeConformance } from './conformance'
import { describeGoldens } from './goldens/describeGoldens'
import { awkwardShapes, largeShapes, opCases } from './opCases'
import { runCase } from './runCase'
import { wasmBackend } from './wasmBackend'

const builds = ['simd', 'relaxed'] as const

for (const build of builds) {
  for (const wideTiles of [false, true]) {
    const name = `${build}, ${wideTiles ? 'wide' : 'narrow'} tiles`
    describeConformance(name, () => wasmBackend({ build, wideTiles }))
    describeGoldens(name, () => wasmBackend({ build, wideTiles }))
  }
}

describe.each(builds)('%s build', (build) => {
  const narrow = wasmBackend({ build, wideTiles: false })
  const wide = wasmBackend({ build, wideTiles: true })
  const cases = [...awkwardShapes, ...largeShapes].flatMap(opCases)

  it.each(cases.map((opCase) => [opCase.name, opCase] as const))('%s: the tile changes no digit', (_, opCase) => {
    expect(runCase(wide, opCase)).toEqual(runCase(narrow, opCase))
  })
})
