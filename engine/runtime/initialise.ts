import { assertNever, invariant, present } from '../base/invariant'
import { type Rng, rng } from '../base/rng'
import type { Plan } from '../compile/plan'
import type { Parameter } from '../ir/program'
import { orthogonal } from './orthogonal'

/**
 * Starting weights of every parameter, written at their place in `block` (the parameter block, `plan.sizes.parameters` long).
 * Each parameter draws from a generator named after its node and its own name, so that neither the order of nodes nor another
 * layer changes what a layer starts with. Glorot & Bengio 2010, Saxe et al. 2014, Jozefowicz et al. 2015 (forget bias).
 */
export function initialiseParameters(plan: Plan, seed: number, block: Float32Array | Float64Array): void {
  invariant(block.length === plan.sizes.parameters, 'the parameter block has another size than the plan')
  const weights = rng(seed).split('weights')
  for (const parameter of plan.program.parameters) {
    const place = present(plan.locations[parameter.value], `${parameter.node}.${parameter.name} has no place`)
    const random = weights.split(parameter.node).split(parameter.name)
    // float32 whatever the block holds, so that both backends start from the same numbers.
    const values = Float32Array.from(startingValues(parameter, random))
    block.set(values, place.offset)
  }
}

/** Row-major values of one parameter. */
export function startingValues(parameter: Pick<Parameter, 'dims' | 'initializer'>, random: Rng): Float64Array {
  const { dims, initializer } = parameter
  const values = new Float64Array(dims.reduce((product, dim) => product * dim, 1))
  switch (initializer.kind) {
    case 'zeros':
      return values
    case 'constant':
      return values.fill(initializer.value)
    case 'uniform':
      return fillUniform(values, initializer.limit, random)
    case 'normal': {
      const drawn = values.map(() => initializer.deviation * random.normal())
      const { blankRow } = initializer
      const width = dims.at(-1) ?? 1
      return blankRow === undefined ? drawn : drawn.fill(0, blankRow * width, (blankRow + 1) * width)
    }
    case 'glorotUniform': {
      const [fanOut, fanIn] = asMatrix(dims)
      return fillUniform(values, Math.sqrt(6 / (fanIn + fanOut)), random)
    }
    case 'orthogonal': {
      const [rows, columns] = asMatrix(dims)
      const blockRows = rows / initializer.blocks
      invariant(Number.isInteger(blockRows), `${rows} rows do not fall into ${initializer.blocks} blocks`)
      for (let block = 0; block < initializer.blocks; block++) {
        values.set(orthogonal(blockRows, columns, random), block * blockRows * columns)
      }
      return values
    }
    case 'ringDecay': {
      const [inner, outer] = [initializer.minimum ** 2, initializer.maximum ** 2]
      invariant(outer < 1 && inner < outer, 'a ring inside the unit circle')
      return values.map(() => Math.log(-0.5 * Math.log(inner + aboveZero(random) * (outer - inner))))
    }
    case 'ringPhase':
      return values.map(() => Math.log(aboveZero(random) * initializer.maximum))
    case 'gateBias': {
      const size = values.length / initializer.blocks
      invariant(Number.isInteger(size), `${values.length} biases do not fall into ${initializer.blocks} gates`)
      return values.fill(initializer.value, initializer.block * size, (initializer.block + 1) * size)
    }
    default:
      return assertNever(initializer)
  }
}

/** Uniform in (0, 1], for logarithms. */
function aboveZero(random: Rng): number {
  return 1 - random.uniform()
}

function asMatrix(dims: readonly number[]): [number, number] {
  const [rows, columns] = dims
  invariant(dims.length === 2 && rows !== undefined && columns !== undefined, 'this initialiser is for matrices')
  return [rows, columns]
}

function fillUniform(values: Float64Array, limit: number, random: Rng): Float64Array {
  return values.map(() => (2 * random.uniform() - 1) * limit)
}
