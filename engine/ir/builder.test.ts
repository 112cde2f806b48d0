import { describe, expect, test } from 'vitest'
import { InternalError } from '../base/invariant'
import { EVERY_TARGET } from '../base/targetCounting'
import { ProgramBuilder, type TypeRules } from './builder'
import { formatInstruction, printProgram } from './print'
import type { ValueType } from './program'
import { bindDims, boundCount, elementCount, formatType, sameType } from './shape'

const SCALAR: ValueType = { dtype: 'f32', dims: [1] }
const vector: ValueType = { dtype: 'f32', dims: ['B', 3] }

/** Three made-up ops: enough to build, print and check with. */
const rules: TypeRules = {
  twice: { infer: ([x]) => [x ?? vector] },
  split: { infer: ([x]) => [x ?? vector, SCALAR] },
  sum: { infer: () => [SCALAR] },
}

function small() {
  const builder = new ProgramBuilder(rules)
  const input = builder.feed('target', vector)
  const weight = builder.parameter('a', 'weight', [2, 3], { kind: 'orthogonal', blocks: 2 })
  const node = builder.scope('a')
  const [y] = node.emit('twice', [input, null], { rate: 0.5, kind: 'x' }, ['out'])
  const [meter] = node.emitProbe('split', [y])
  const [loss] = builder.append('forward', null, 'sum', [y, weight])
  builder.head({ node: 'a', target: 'numbers', counting: EVERY_TARGET, prediction: y, loss })
  return { builder, input, weight, y, meter, loss }
}

describe('the builder', () => {
  test('takes types from the rules and puts phases in order', () => {
    const { builder, y, meter, loss } = small()
    const program = builder.finish(loss)
    expect(builder.type(y)).toEqual(vector)
    expect(program.instructions.map(({ op, phase, node }) => [op, phase, node])).toEqual([
      ['twice', 'forward', 'a'],
      ['sum', 'forward', null],
      ['split', 'probe', 'a'],
    ])
    expect(program.values[meter]?.name).toBe('a.split.0')
  })

  test('makes each feed once and gives every caller its own stream', () => {
    const { builder, input } = small()
    expect(builder.feed('target', vector)).toBe(input)
    const [a, b] = [builder.scope('a'), builder.scope('b')]
    expect(new Set([a.stream(), b.stream(), a.stream()]).size).toBe(3)
  })

  test('goes on from a finished program without changing it', () => {
    const { builder, y, loss } = small()
    const before = builder.finish(loss)
    const copy = structuredClone(before)
    const after = new ProgramBuilder(rules, before)
    after.append('backward', 'a', 'twice', [y])
    after.rename(y, 'other')
    expect(before).toEqual(copy)
    expect(after.finish(loss).instructions).toHaveLength(4)
  })

  test('refuses ops and values that are not there', () => {
    const { builder } = small()
    expect(() => builder.scope('a').emit('thrice', [])).toThrow(InternalError)
    expect(() => builder.scope('a').emit('toString', [])).toThrow(InternalError)
    expect(() => builder.scope('a').emit('twice', [99])).toThrow(InternalError)
  })
})

describe('the printed program', () => {
  test('says everything, one line for each instruction', () => {
    const { builder, loss } = small()
    expect(printProgram(builder.finish(loss))).toMatchInlineSnapshot(`
      "feeds
        %0 target f32 [B, 3]

      parameters: 6 weights
        %1 a.weight f32 [2, 3] starts orthogonal in 2 blocks

      forward
        %2 a.out f32 [B, 3] = twice(%0, –) kind=x rate=0.5
        %5 sum f32 [1] = sum(%2, %1)

      probe (only when telemetry is wanted)
        %3 a.split.0 f32 [B, 3], %4 a.split.1 f32 [1] = split(%2)

      results
        head a (numbers): prediction %2, loss %5
        loss %5
      "
    `)
  })

  test('an instruction alone', () => {
    const { builder, loss } = small()
    const program = builder.finish(loss)
    const [first] = program.instructions
    expect(first && formatInstruction(program, first)).toBe('%2 a.out f32 [B, 3] = twice(%0, –) kind=x rate=0.5')
  })
})

describe('shapes', () => {
  test('bind B and T', () => {
    expect(bindDims(['T', 'B', 4], { rows: 2, steps: 3 })).toEqual([3, 2, 4])
    expect(boundCount(['T', 'B', 4], { rows: 2, steps: 3 })).toBe(24)
    expect(elementCount([])).toBe(1)
  })

  test('compare by kind of number and symbol', () => {
    expect(sameType(vector, { dtype: 'f32', dims: ['B', 3] })).toBe(true)
    expect(sameType(vector, { dtype: 'i32', dims: ['B', 3] })).toBe(false)
    expect(sameType(vector, { dtype: 'f32', dims: ['T', 3] })).toBe(false)
    expect(sameType(vector, { dtype: 'f32', dims: ['B', 3, 1] })).toBe(false)
    expect(formatType(vector)).toBe('f32 [B, 3]')
  })
})
