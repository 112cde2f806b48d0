import { describe, expect, it } from 'vitest'
import { InternalError, present } from '../../base/invariant'
import type { Fragment } from '../../ir/program'
import { float64Backend } from '../../testing/backend'
import type { OpCase } from '../../testing/opCase'
import { opCases } from '../../testing/opCases'
import { runCase } from '../../testing/runCase'
import { lstmBody, rnnBody } from '../../testing/scanCases'
import { relativeError } from '../../testing/tolerances'
import { ops } from '..'
import { differentiateFragment } from './backwardFragment'
import { layoutFragment } from './fragmentLayout'
import { bodyOf } from './scan'

const [I, H] = [3, 4]

/** The same layer as the op and as a scan of its cell. The op's inputs: x, weights and biases, lengths. */
function asScan(layer: OpCase, body: Fragment): OpCase {
  const [x = null, weightIh = null, weightHh = null, biasIh = null, biasHh = null, lengths = null] = layer.inputs
  const states = body.states.map(() => null)
  return {
    ...layer,
    op: 'scan',
    attributes: { body },
    inputs: [lengths, ...states, x, weightIh, weightHh, biasIh, biasHh],
  }
}

describe('scan', () => {
  it.each([
    ['rnn tanh', rnnBody(I, H)],
    ['lstm', lstmBody(I, H)],
  ])('%s cell by cell equals the layer, forward and backward', (label, body) => {
    const layer = present(
      opCases({ T: 6, B: 5, I, H }).find(({ name }) => name.startsWith(`${label}, `)),
      'a case of the layer',
    )
    // The random gradients of outputs follow the name.
    const scanned = { ...asScan(layer, body), name: layer.name }
    const [one, other] = [runCase(float64Backend(), layer), runCase(float64Backend(), scanned)]
    expect(relativeError(other.outputs[0] ?? [], one.outputs[0] ?? [])).toBeLessThan(1e-12)
    const order = [...scanned.inputs.keys()].slice(1 + body.states.length)
    for (const [index, slot] of order.entries()) {
      const [mine, theirs] = [other.gradients[slot] ?? [], one.gradients[index] ?? []]
      expect(mine.length).toBeGreaterThan(0)
      expect(relativeError(mine, theirs), `input ${index}`).toBeLessThan(1e-12)
    }
  })

  it('makes the products for the gradients of weights once, over all steps', () => {
    const forward = lstmBody(I, H)
    const { body, products, constantGradients } = differentiateFragment(forward, ops, {
      outputs: forward.outputs.map((_, index) => index === 0),
      sequences: [true],
      constants: [true, true, true, true],
    })
    expect(body.instructions.map(({ op }) => op)).not.toContain('linearWeightGradient')
    expect(products).toHaveLength(2)
    expect([...constantGradients.values()].map(({ kind }) => kind)).toEqual(Array(4).fill('product'))
    expect(body.sums).toEqual([])
    expect(body.reverse).toBe(true)
  })

  it('does nothing backwards that nobody wants', () => {
    const forward = rnnBody(I, H)
    const { body, sequenceGradients } = differentiateFragment(forward, ops, {
      outputs: forward.outputs.map((_, index) => index === 0),
      sequences: [false],
      constants: [false, true, false, false],
    })
    expect(sequenceGradients.size).toBe(0)
    const products = body.instructions.filter(({ op }) => op === 'linearInputGradient')
    expect(products).toHaveLength(1)
  })

  it('gives every value of a body a place of its own', () => {
    for (const { op, attributes } of opCases({ T: 5, B: 3, I: 7, H: 5 })) {
      if (op !== 'scan') continue
      const { places, scratch, size } = layoutFragment(bodyOf(attributes), ops, { rows: 3, steps: 5 })
      // Instructions that keep nothing share one workspace.
      const own = [...new Map(scratch.map((place) => [place.offset, { ...place }])).values()]
      for (const shared of scratch) {
        const first = own.find(({ offset }) => offset === shared.offset)
        if (first) first.size = Math.max(first.size, shared.size)
      }
      const stretches = [...places.values(), ...own].toSorted((a, b) => a.offset - b.offset || a.size - b.size)
      let end = 0
      for (const { offset, size: length } of stretches) {
        expect(offset).toBeGreaterThanOrEqual(end)
        end = offset + length
      }
      expect(end).toBeLessThanOrEqual(size)
    }
  })

  it('refuses bodies that are not well formed', () => {
    const good = rnnBody(I, H)
    const lengths = { dtype: 'i32' as const, dims: ['B' as const] }
    const inputs = [
      lengths,
      null,
      { dtype: 'f32' as const, dims: ['T' as const, 'B' as const, I] },
      ...[[H, I], [H, H], [H], [H]].map((dims) => ({ dtype: 'f32' as const, dims })),
    ]
    const infer = (body: Fragment) => present(ops.scan, 'scan').infer(inputs, { body })
    expect(infer(good)[0]).toEqual({ dtype: 'f32', dims: ['T', 'B', H] })
    const [first] = good.instructions
    const broken: Partial<Fragment>[] = [
      { instructions: good.instructions.slice(1) },
      { instructions: first ? [first, ...good.instructions] : [] },
      { instructions: good.instructions.map((instruction) => ({ ...instruction, op: 'nothing' })) },
      { outputs: [99] },
      { outputs: [good.constants[0] ?? 0] },
      { states: good.states.map(({ value }) => ({ value, next: good.sequences[0]?.value ?? 0 })) },
      { sequences: [] },
    ]
    for (const change of broken) expect(() => infer({ ...good, ...change })).toThrow(InternalError)
    expect(() => present(ops.scan, 'scan').infer(inputs.slice(1), { body: good })).toThrow(InternalError)
  })
})
