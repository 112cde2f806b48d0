import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelArbitrary, soundDocument } from '../testing/documentArbitraries'
import { applyEdits } from './applyEdit'
import type { Model } from './schema'
import { incoming, topologicalOrder, wouldMakeCycle } from './topology'

function model(nodes: string, ...wires: string[]): Model {
  return {
    id: 'm',
    name: 'M',
    nodes: Object.fromEntries(nodes.split(' ').map((id) => [id, { type: 'lstm', settings: {} }])),
    wires: Object.fromEntries(
      wires.map((wire, index) => {
        const [from = '', to = ''] = wire.split('>')
        return [`w${index}`, { from: { node: from, port: 'out' }, to: { node: to, port: 'in' } }]
      }),
    ),
  }
}

/** The same model with the keys of nodes and wires in another order. */
function shuffled(original: Model, seed: number): Model {
  const turn = <T>(record: Record<string, T>): Record<string, T> => {
    const entries = Object.entries(record)
    return Object.fromEntries(
      [
        ...entries.slice(seed % Math.max(1, entries.length)),
        ...entries.slice(0, seed % Math.max(1, entries.length)),
      ].reverse(),
    )
  }
  return { ...original, nodes: turn(original.nodes), wires: turn(original.wires) }
}

describe('topologicalOrder', () => {
  it('orders inside each frame; ways in and out make no circle', () => {
    const plain = model('frame a b c', 'frame>b', 'b>a', 'a>frame', 'frame>c')
    const held = { type: 'lstm', settings: {}, parent: 'frame' }
    const framed: Model = { ...plain, nodes: { ...plain.nodes, a: held, b: held } }
    const order = topologicalOrder(framed)
    expect(order.ok && order.value.indexOf('b') < order.value.indexOf('a')).toBe(true)
    expect(wouldMakeCycle(framed, 'a', 'b')).toBe(true)
    expect(wouldMakeCycle(framed, 'frame', 'a')).toBe(false)
    expect(wouldMakeCycle(framed, 'c', 'frame')).toBe(true)
  })

  it('puts sources first and the smaller id first among equals', () => {
    expect(topologicalOrder(model('d c b a', 'd>a', 'c>a'))).toEqual({
      ok: true,
      value: ['b', 'c', 'd', 'a'],
      problems: [],
    })
    expect(topologicalOrder(model('x'))).toEqual({ ok: true, value: ['x'], problems: [] })
    expect(topologicalOrder({ ...model('x'), nodes: {} })).toEqual({ ok: true, value: [], problems: [] })
  })

  it('does not depend on the order of keys, and every wire leads forwards or there is a real circle', () => {
    fc.assert(
      fc.property(modelArbitrary, fc.nat(), (some, seed) => {
        const result = topologicalOrder(some)
        expect(topologicalOrder(shuffled(some, seed))).toEqual(result)
        if (result.ok) {
          expect([...result.value].sort()).toEqual(Object.keys(some.nodes).sort())
          for (const wire of Object.values(some.wires)) {
            expect(result.value.indexOf(wire.from.node)).toBeLessThan(result.value.indexOf(wire.to.node))
          }
        } else {
          const fix = result.problems[0]?.fix
          expect(fix?.edits).toHaveLength(1)
          const [edit] = fix?.edits ?? []
          const wire = edit?.kind === 'deleteWires' ? some.wires[edit.wires[0] ?? ''] : undefined
          if (!wire) throw new Error('the fix names no wire')
          // The offered wire lies on a circle: its end leads back to its beginning.
          expect(wouldMakeCycle({ ...some, wires: { ...some.wires } }, wire.from.node, wire.to.node)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('names the nodes of a circle in the direction of the wires and offers to cut it', () => {
    const result = topologicalOrder(model('s a b c t', 's>a', 'a>b', 'b>c', 'c>a', 'c>t'))
    expect(result.problems).toEqual([
      {
        code: 'graph.cycle',
        severity: 'error',
        message:
          'These nodes feed each other in a circle: “a” → “b” → “c” → “a”. Delete one of the wires between them.',
        place: { kind: 'node', model: 'm', node: 'a' },
        fix: { label: 'Delete the wire from “c” to “a”', edits: [{ kind: 'deleteWires', model: 'm', wires: ['w3'] }] },
      },
    ])
  })

  it('uses names, or what the caller calls the nodes', () => {
    const self = applyEdits(soundDocument(), [
      {
        kind: 'connect',
        model: 'model-1',
        wire: 'w',
        from: { node: 'memory', port: 'out' },
        to: { node: 'memory', port: 'in' },
      },
    ]).models[0]
    if (!self) throw new Error('no model')
    expect(topologicalOrder(self).problems[0]?.message).toContain('“Memory” → “Memory”')
    expect(topologicalOrder(self, () => 'LSTM').problems[0]?.message).toContain('“LSTM” → “LSTM”')
  })

  it('passes over wires to nodes that do not exist', () => {
    expect(topologicalOrder(model('a', 'a>toString', 'gone>a'))).toEqual({ ok: true, value: ['a'], problems: [] })
  })
})

describe('wouldMakeCycle', () => {
  it('sees a circle before it is closed', () => {
    const line = model('a b c d', 'a>b', 'b>c')
    expect(wouldMakeCycle(line, 'c', 'a')).toBe(true)
    expect(wouldMakeCycle(line, 'b', 'b')).toBe(true)
    expect(wouldMakeCycle(line, 'a', 'c')).toBe(false)
    expect(wouldMakeCycle(line, 'd', 'a')).toBe(false)
  })

  it('agrees with the order: adding the wire makes a circle exactly when it says so', () => {
    fc.assert(
      fc.property(modelArbitrary, fc.nat(), fc.nat(), (some, a, b) => {
        fc.pre(topologicalOrder(some).ok)
        const ids = Object.keys(some.nodes)
        const from = ids[a % ids.length] ?? ''
        const to = ids[b % ids.length] ?? ''
        const more = {
          ...some,
          wires: { ...some.wires, added: { from: { node: from, port: 'out' }, to: { node: to, port: 'x' } } },
        }
        expect(topologicalOrder(more).ok).toBe(!wouldMakeCycle(some, from, to))
      }),
    )
  })
})

describe('incoming', () => {
  it('lists the wires into a node by port', () => {
    const two = model('a b c', 'a>c', 'b>c', 'a>b')
    const wires = { ...two.wires, w0: { from: { node: 'a', port: 'out' }, to: { node: 'c', port: 'second' } } }
    expect(incoming({ ...two, wires }, 'c')).toEqual([
      { wire: 'w1', from: { node: 'b', port: 'out' }, port: 'in' },
      { wire: 'w0', from: { node: 'a', port: 'out' }, port: 'second' },
    ])
    expect(incoming(two, 'a')).toEqual([])
  })
})
