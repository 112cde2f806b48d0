import { expect, test } from 'vitest'
import { weather } from '../../testing/graphs'
import { lowerAlone } from '../../testing/lowerAlone'

const input = { kind: 'sequence', features: 4 } as const

test('has PyTorch’s weights, the forget gate’s bias set at the start', () => {
  const alone = lowerAlone('lstm', { data: weather, input, settings: { hidden: 5, forgetBias: 2 } })
  expect(alone.parameters).toEqual({
    weight_ih_l0: { dims: [20, 4], initializer: { kind: 'glorotUniform' } },
    weight_hh_l0: { dims: [20, 5], initializer: { kind: 'orthogonal', blocks: 4 } },
    bias_ih_l0: { dims: [20], initializer: { kind: 'gateBias', blocks: 4, block: 1, value: 2 } },
    bias_hh_l0: { dims: [20], initializer: { kind: 'zeros' } },
  })
  expect(alone.outputs).toEqual({ out: 'f32 [T, B, 5]' })
})

test('shows its gates by name: blocks of i f g o', () => {
  const alone = lowerAlone('lstm', { data: weather, input })
  expect(alone.instructions).toEqual(['lstm', 'gateStatistics {"blocks":"1,0,3","gateCount":4}'])
  expect(alone.probes).toEqual([{ kind: 'gates', labels: ['forget', 'input', 'output'] }])
})

test('peepholes are three diagonal weights that begin at 0', () => {
  const alone = lowerAlone('lstm', { data: weather, input, settings: { hidden: 5, peepholes: true } })
  const diagonal = { dims: [5], initializer: { kind: 'zeros' } }
  expect(alone.parameters).toMatchObject({ peephole_i: diagonal, peephole_f: diagonal, peephole_o: diagonal })
  expect(alone.instructions[0]).toBe('lstm {"peepholes":true}')
})

test('has ports for state and memory when they are asked for', () => {
  const alone = lowerAlone('lstm', { data: weather, input, settings: { hidden: 5, statePorts: true } })
  const vector = { kind: 'vector', features: 5 }
  expect(alone.shapes).toEqual({ out: { kind: 'sequence', features: 5 }, state: vector, memory: vector })
})

test('coupled gates: three blocks, the forget bias turned round', () => {
  const settings = { hidden: 5, coupled: true, peepholes: true, forgetBias: 2 }
  const alone = lowerAlone('lstm', { data: weather, input, settings })
  expect(alone.parameters.weight_hh_l0?.dims).toEqual([15, 5])
  expect(alone.parameters.bias_ih_l0?.initializer).toEqual({ kind: 'gateBias', blocks: 3, block: 0, value: -2 })
  expect(Object.keys(alone.parameters)).not.toContain('peephole_f')
  expect(alone.instructions).toEqual([
    'coupledLstm {"peepholes":true}',
    'gateStatistics {"blocks":"0,2","gateCount":3}',
  ])
  expect(alone.probes).toEqual([{ kind: 'gates', labels: ['input', 'output'] }])
})

test('a projection: PyTorch’s weight_hr_l0, and a state of its width', () => {
  const settings = { hidden: 5, projection: 2, statePorts: true }
  const alone = lowerAlone('lstm', { data: weather, input, settings })
  expect(alone.parameters.weight_hh_l0?.dims).toEqual([20, 2])
  expect(alone.parameters.weight_hr_l0).toEqual({ dims: [2, 5], initializer: { kind: 'glorotUniform' } })
  expect(alone.instructions[0]).toBe('lstm {"projection":true}')
  expect(alone.shapes).toMatchObject({ out: { features: 2 }, state: { features: 2 }, memory: { features: 5 } })
  expect(alone.outputs.out).toBe('f32 [T, B, 2]')
})

test('a projection that is no narrower than the memory is refused', () => {
  const alone = lowerAlone('lstm', { data: weather, input, settings: { hidden: 5, projection: 5 } })
  expect(alone.problems).toEqual([
    'LSTM hands on 5 numbers, but it must be fewer than its 5 memory cells; 0 hands on one for each.',
  ])
})
