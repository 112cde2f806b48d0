import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { present } from '../base/invariant'
import { applyEdits } from '../document/applyEdit'
import type { UnrollDocument } from '../document/schema'
import { printProgram } from '../ir/print'
import { nodeDefinitions } from '../nodes/index'
import { readSettings } from '../nodes/validate'
import { drawFrom } from '../testing/draw'
import { documentOf, letters, sentences, weather } from '../testing/graphs'
import type { RandomGraph } from '../testing/growGraph'
import { validGraphs } from '../testing/randomGraph'
import { analyseModel } from './analyse'
import { whyNotBypassed } from './bypass'
import { canConnect } from './canConnect'
import { compileModel } from './compile'

type Nodes = Parameters<typeof documentOf>[0]

const TRAIN = { mode: 'train', rows: 3, steps: 5 } as const
const off = { bypassed: true } as const

/** What the compiler makes of a document, without the ids of wires, of which it knows none. */
function planOf(document: UnrollDocument, summary = weather): unknown {
  const result = compileModel(document, 'm', summary, TRAIN)
  if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'))
  return result.value
}

function problemsOf(document: UnrollDocument, summary = weather) {
  return analyseModel(document, 'm', summary).problems.map(({ code, message, fix }) => [code, message, fix?.label])
}

const lstm = { type: 'lstm', settings: { hidden: 5 } }
const ends: Nodes = { data: { type: 'dataset' }, dense: { type: 'dense' }, head: { type: 'forecast' } }
const wiredByHand = documentOf({ ...ends, lstm, last: { type: 'lastStep' } }, [
  'data > lstm',
  'lstm > last',
  'last > dense',
  'dense > head',
])

describe('a bypassed node', () => {
  test('gives the plan and the parameters of the graph without it', () => {
    const bypassed = documentOf(
      {
        ...ends,
        lstm,
        last: { type: 'lastStep' },
        drop: { type: 'dropout', ...off },
        more: { type: 'gru', settings: { hidden: 99 }, ...off },
        bend: { type: 'reroute' },
      },
      ['data > more', 'more > lstm', 'lstm > drop', 'drop > bend', 'bend > last', 'last > dense', 'dense > head'],
    )
    expect(planOf(bypassed)).toEqual(planOf(wiredByHand))
    const { nodes, parameters } = analyseModel(bypassed, 'm', weather)
    expect(parameters).toBe(analyseModel(wiredByHand, 'm', weather).parameters)
    const measurements = { kind: 'sequence', features: 4, word: 'measurement' }
    expect(nodes.more).toMatchObject({
      title: 'GRU',
      description: 'Bypassed: passes on what comes in',
      inputs: { in: measurements },
      outputs: { out: measurements },
      parameters: 0,
    })
    expect(nodes.bend?.outputs).toEqual({ out: { kind: 'sequence', features: 5 } })
  })

  test('passes on the first of its main inputs that is wired', () => {
    const added = documentOf(
      {
        ...ends,
        lstm,
        other: lstm,
        last: { type: 'lastStep' },
        sum: { type: 'add', ...off },
      },
      ['data > lstm', 'data > other', 'other > sum:other', 'lstm > sum', 'sum > last', 'last > dense', 'dense > head'],
    )
    const first = planOf(wiredByHand)
    expect(planOf(added)).toEqual(first)
    expect(planOf(applyEdits(added, [{ kind: 'deleteWires', model: 'm', wires: ['w3'] }]))).not.toEqual(first)
  })

  test('inside frames, and a frame with all that it holds', () => {
    const before: Nodes = { data: { type: 'dataset' }, embedding: { type: 'embedding', settings: { size: 6 } } }
    const after: Nodes = { last: { type: 'lastStep' }, dense: { type: 'dense' }, head: { type: 'classify' } }
    const inside = { ...lstm, parent: 'frame' }
    const stack = { type: 'stack', settings: { times: 2 } }
    const outside = ['data > embedding', 'embedding > frame', 'frame > last', 'last > dense', 'dense > head']
    const plain = documentOf({ ...before, frame: stack, inside, ...after }, [
      ...outside,
      'frame:enter > inside',
      'inside > frame:leave',
    ])
    const withNorm: Nodes = { norm: { type: 'layerNorm', parent: 'frame', ...off } }
    const bypassedInside = documentOf({ ...before, frame: stack, inside, ...withNorm, ...after }, [
      ...outside,
      'frame:enter > inside',
      'inside > norm',
      'norm > frame:leave',
    ])
    expect(planOf(bypassedInside, sentences)).toEqual(planOf(plain, sentences))

    const bypassedFrame = applyEdits(plain, [{ kind: 'setBypassed', model: 'm', nodes: ['frame'], bypassed: true }])
    const without = documentOf({ ...before, ...after }, [
      'data > embedding',
      'embedding > last',
      'last > dense',
      'dense > head',
    ])
    expect(planOf(bypassedFrame, sentences)).toEqual(planOf(without, sentences))
    expect(analyseModel(bypassedFrame, 'm', sentences).nodes.inside?.description).toBe('Bypassed with Stack')
  })

  test('of nodes through which nothing could pass says why', () => {
    const model = present(wiredByHand.models[0], 'there is a model')
    expect(whyNotBypassed(model, 'lstm')).toBeNull()
    expect(whyNotBypassed(model, 'data')).toBe('Nothing comes into Data set that could pass.')
    expect(whyNotBypassed(model, 'head')).toBe('Nothing comes after Forecast: the model ends there.')
    // Marked in a file by hand it changes nothing.
    const marked = applyEdits(wiredByHand, [
      { kind: 'setBypassed', model: 'm', nodes: ['data', 'head'], bypassed: true },
    ])
    expect(planOf(marked)).toEqual(planOf(wiredByHand))
  })
})

describe('problems that come of bypassing', () => {
  const bypassing = (document: UnrollDocument, ...nodes: string[]): UnrollDocument =>
    applyEdits(document, [{ kind: 'setBypassed', model: 'm', nodes, bypassed: true }])

  test('what passes does not fit where it goes: the sentence says so, the fix switches on again', () => {
    const broken = bypassing(wiredByHand, 'last', 'dense')
    const [first] = analyseModel(broken, 'm', weather).problems
    expect(first?.message).toBe(
      'Forecast needs one vector per example, but LSTM gives a sequence of 24 days, because Last step and Dense are bypassed. Switch Last step and Dense on again.',
    )
    expect(planOf(applyEdits(broken, first?.fix?.edits ?? []))).toEqual(planOf(wiredByHand))
  })

  test('where switching on does not help, something else is offered', () => {
    const wrong = documentOf({ ...ends, lstm, drop: { type: 'dropout', ...off } }, [
      'data > lstm',
      'lstm > drop',
      'drop > dense',
      'dense > head',
    ])
    const [first] = analyseModel(wrong, 'm', weather).problems
    expect(first?.fix?.edits.some(({ kind }) => kind === 'setBypassed')).toBe(false)
    expect(analyseModel(applyEdits(wrong, first?.fix?.edits ?? []), 'm', weather).problems).toEqual([])
  })

  test('one further back is found too', () => {
    const broken = bypassing(wiredByHand, 'last')
    expect(problemsOf(broken)).toEqual([
      [
        'shape.kind',
        'Forecast needs one vector per example, but Dense gives a sequence of 24 days, because Last step is bypassed. Switch Last step on again.',
        'Switch Last step on again',
      ],
    ])
  })

  test('only the main output passes', () => {
    const states = documentOf(
      {
        ...ends,
        lstm: { type: 'lstm', settings: { hidden: 5, statePorts: true }, ...off },
      },
      ['data > lstm', 'lstm:state > dense', 'dense > head'],
    )
    expect(problemsOf(states)).toEqual([
      [
        'input.missing',
        'Nothing comes to Dense, because LSTM is bypassed and passes on only what comes in at its main input. Switch LSTM on again.',
        'Switch LSTM on again',
      ],
    ])
  })

  test('nothing comes in: the sentence names the loose end', () => {
    const loose = documentOf({ ...ends, lstm, bend: { type: 'reroute' }, last: { type: 'lastStep', ...off } }, [
      'data > lstm',
      'last > bend',
      'bend > dense',
      'dense > head',
    ])
    expect(problemsOf(loose)[0]?.[1]).toBe(
      'Nothing comes to Dense, because nothing is connected to Last step before it. Connect a sequence or one vector per example.',
    )
  })

  test('a frame whose content is bypassed', () => {
    const frame = { type: 'bidirectional' }
    const empty = documentOf(
      {
        ...ends,
        frame,
        lstm: { ...lstm, parent: 'frame', ...off },
        last: { type: 'lastStep' },
      },
      ['data > frame', 'frame:enter > lstm', 'lstm > frame:leave', 'frame > last', 'last > dense', 'dense > head'],
    )
    expect(problemsOf(empty)).toEqual([
      [
        'frame.straight',
        'All that Bidirectional holds is bypassed, so there is nothing in it that could work. Switch LSTM on again.',
        'Switch LSTM on again',
      ],
    ])
  })

  test('new nodes of other fixes never take the id of a bypassed one', () => {
    const named = documentOf({ ...ends, lstm, 'lastStep-1': { type: 'dropout', ...off } }, [
      'data > lstm',
      'lstm > lastStep-1',
      'lastStep-1 > dense',
      'dense > head',
    ])
    const [first] = analyseModel(named, 'm', weather).problems
    const mended = applyEdits(named, first?.fix?.edits ?? [])
    expect(mended.models[0]?.nodes['lastStep-1']?.type).toBe('dropout')
    expect(analyseModel(mended, 'm', weather).problems).toEqual([])
  })
})

test('a wire from a bypassed node is judged by what passes', () => {
  const document = documentOf({ ...ends, lstm: { ...lstm, ...off }, last: { type: 'lastStep', ...off } }, [
    'data > lstm',
    'lstm > last',
    'dense > head',
  ])
  const analysis = analyseModel(document, 'm', weather)
  const judged = canConnect(document, 'm', { node: 'last', port: 'out' }, { node: 'head', port: 'in' }, analysis)
  expect(judged.ok).toBe(false)
  const fine = canConnect(document, 'm', { node: 'last', port: 'out' }, { node: 'dense', port: 'in' }, analysis)
  expect(fine.ok).toBe(true)
})

describe('a wire to what only passes on', () => {
  const document = documentOf(
    { ...ends, lstm, bend: { type: 'reroute' }, more: { type: 'reroute' }, drop: { type: 'dropout', ...off } },
    ['data > lstm', 'bend > more', 'more > drop', 'drop > head'],
  )
  const judged = (from: string, to: string) => {
    const analysis = analyseModel(document, 'm', weather)
    return canConnect(document, 'm', { node: from, port: 'out' }, { node: to, port: 'in' }, analysis)
  }

  test('is judged by who reads what passes, with the nodes that would make it fit', () => {
    const refused = judged('lstm', 'bend')
    expect(refused.ok).toBe(false)
    if (refused.ok) return
    expect(refused.message).toBe('Forecast needs one vector per example, but LSTM gives a sequence of 24 days.')
    const [first] = refused.adapters
    expect(first?.label).toBe('Add Last step and Dense')
    const mended = applyEdits(document, first?.edits ?? [])
    expect(problemsOf(mended).filter(([, , fix]) => fix !== 'Delete Dense')).toEqual([])
  })

  test('is fine where nobody reads yet, and never closes a circle', () => {
    const loose = applyEdits(document, [{ kind: 'deleteNodes', model: 'm', nodes: ['head'] }])
    const analysis = analyseModel(loose, 'm', weather)
    const [from, to] = [
      { node: 'lstm', port: 'out' },
      { node: 'bend', port: 'in' },
    ]
    expect(canConnect(loose, 'm', from, to, analysis).ok).toBe(true)
    expect(judged('drop', 'bend').ok).toBe(false)
  })
})

describe('in any graph', () => {
  /** The graph with something that only passes on put into one of its wires. */
  function withDetour({ document, model: id, summary }: RandomGraph, numbers: readonly number[]): UnrollDocument {
    const draw = drawFrom(numbers)
    const model = structuredClone(present(document.models[0], 'a random graph has a model'))
    const wires = Object.keys(model.wires).sort()
    const wire = present(model.wires[present(wires[draw(wires.length)], 'it has wires')], 'it is there')
    const level = [wire.from.node, wire.to.node].map((node) => model.nodes[node]?.parent)
    const isWayIn = model.nodes[wire.to.node]?.parent === wire.from.node
    const parent = isWayIn ? wire.from.node : level[0]
    const types = Object.values(nodeDefinitions).filter(({ isHead, count }) => !isHead && count !== 'exactlyOne')
    const definition = present(types[draw(types.length)], 'there are nodes')
    const mark = definition.passes ? {} : off
    model.nodes.zz = { type: definition.type, settings: {}, ...mark, ...(parent === undefined ? {} : { parent }) }
    const { inputs, outputs } = definition.ports(readSettings(definition, {}).values, summary)
    const [input, output] = [present(inputs[0], 'it reads'), present(outputs[0], 'it gives')]
    model.wires.zz1 = { from: wire.from, to: { node: 'zz', port: input.name } }
    wire.from = { node: 'zz', port: output.name }
    expect(model.id).toBe(id)
    return { ...document, models: [model] }
  }

  test('a detour through what only passes on changes no digit of the program', () => {
    const program = (document: UnrollDocument, { model, summary }: RandomGraph): string => {
      const result = compileModel(document, model, summary, TRAIN)
      if (!result.ok) throw new Error(result.problems.map(({ message }) => message).join('\n'))
      return printProgram(result.value.program)
    }
    fc.assert(
      fc.property(validGraphs, fc.array(fc.nat(9999), { minLength: 4, maxLength: 8 }), (graph, numbers) => {
        expect(program(withDetour(graph, numbers), graph)).toBe(program(graph.document, graph))
      }),
      { numRuns: 120 },
    )
  })
})

test('letters pass through a bypassed layer to where numbers are wanted: the way out is to switch it on', () => {
  const document = documentOf(
    {
      data: { type: 'dataset' },
      embedding: { type: 'embedding', ...off },
      lstm,
      dense: { type: 'dense' },
      head: { type: 'nextSymbol' },
    },
    ['data > embedding', 'embedding > lstm', 'lstm > dense', 'dense > head'],
  )
  const [first] = analyseModel(document, 'm', letters).problems
  expect(first?.fix?.label).toBe('Switch Embedding on again')
})
