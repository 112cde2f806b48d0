import { describe, expect, test } from 'vitest'
import { applyEdits } from '../document/applyEdit'
import type { UnrollDocument } from '../document/schema'
import { documentOf, sentences } from '../testing/graphs'
import { analyseModel } from './analyse'

type Nodes = Parameters<typeof documentOf>[0]

const lstm = { type: 'lstm', settings: { hidden: 6 } }

/** Words in, a class out, and a frame called `frame` between them. */
function framed(frame: Nodes[string], content: Nodes, wires: readonly string[]): UnrollDocument {
  const before: Nodes = { data: { type: 'dataset' }, embedding: { type: 'embedding', settings: { size: 6 } } }
  const after: Nodes = { last: { type: 'lastStep' }, dense: { type: 'dense' }, head: { type: 'classify' } }
  const outside = ['data > embedding', 'embedding > frame', 'frame > last', 'last > dense', 'dense > head']
  return documentOf({ ...before, frame, ...content, ...after }, [...outside, ...wires])
}

const through = (inner: string): string[] => [`frame:enter > ${inner}`, `${inner} > frame:leave`]

function problemsOf(document: UnrollDocument): { code: string; message: string; severity: string }[] {
  return analyseModel(document, 'm', sentences).problems.map(({ code, message, severity }) => ({
    code,
    message,
    severity,
  }))
}

/** The document after the fix of its first problem. */
function mended(document: UnrollDocument): UnrollDocument {
  const [problem] = analyseModel(document, 'm', sentences).problems
  if (!problem?.fix) throw new Error(`nothing is offered for ${problem?.message}`)
  return applyEdits(document, problem.fix.edits)
}

describe('what a frame may hold', () => {
  test('not the output: its fix takes it out, where its card stood', () => {
    const document = framed({ type: 'stack' }, { lstm: { ...lstm, parent: 'frame' } }, through('lstm'))
    const inside = applyEdits(document, [
      { kind: 'setParent', model: 'm', nodes: ['head'], parent: 'frame', positions: { head: { x: 10, y: 20 } } },
      { kind: 'moveNodes', model: 'm', positions: { frame: { x: 100, y: 200 } } },
    ])
    expect(problemsOf(inside)).toContainEqual({
      code: 'frame.outside',
      severity: 'error',
      message: 'Classify cannot be repeated, so it must stand outside Stack. Take it out.',
    })
    const found = analyseModel(inside, 'm', sentences).problems.find(({ code }) => code === 'frame.outside')
    const out = applyEdits(inside, found?.fix?.edits ?? [])
    expect(out.layout.m?.nodes.head).toEqual({ x: 110, y: 220 })
    expect(problemsOf(out)).toEqual([])
  })

  test('a node whose parent holds nothing is treated as lying outside', () => {
    const document = framed({ type: 'stack' }, { lstm: { ...lstm, parent: 'frame' } }, through('lstm'))
    const odd = applyEdits(document, [
      { kind: 'setParent', model: 'm', nodes: ['last'], parent: 'dense', positions: {} },
    ])
    expect(problemsOf(odd)).toEqual([
      {
        code: 'node.frame',
        severity: 'warning',
        message:
          'Last step lies in Dense, which cannot hold nodes, so it is treated as lying outside. Take it out, or put it into a frame.',
      },
    ])
    expect(problemsOf(mended(odd))).toEqual([])
  })

  test('frames that hold each other are told once', () => {
    const document = framed({ type: 'stack' }, { lstm: { ...lstm, parent: 'frame' } }, through('lstm'))
    const [model] = document.models
    if (!model) throw new Error('no model')
    const a = { type: 'stack', settings: {}, parent: 'b' }
    const b = { type: 'bidirectional', settings: {}, parent: 'a' }
    const circular = { ...document, models: [{ ...model, nodes: { ...model.nodes, a, b } }] }
    const told = problemsOf(circular).filter(({ code }) => code === 'node.frame')
    expect(told.map(({ message }) => message)).toEqual([
      'Stack lies in a frame that lies in it itself, so it is treated as lying outside. Take it out, or put it into a frame.',
    ])
  })

  test('no wire straight from its way in to its way out', () => {
    const document = framed({ type: 'stack' }, { lstm: { ...lstm, parent: 'frame' } }, ['frame:enter > frame:leave'])
    const [problem] = problemsOf(document)
    expect(problem).toMatchObject({
      code: 'frame.straight',
      message:
        'A wire leads from the way in of Stack straight to its way out, past everything it could hold. Delete the wire.',
    })
  })

  test('only what gives a sequence', () => {
    const document = framed({ type: 'stack' }, { inner: { type: 'lastStep', parent: 'frame' } }, through('inner'))
    expect(problemsOf(document)[0]).toMatchObject({
      code: 'shape.kind',
      message: expect.stringMatching(
        /^The way out of Stack needs a sequence, but Last step gives one vector per example\./,
      ),
    })
  })
})

describe('how often and how deep', () => {
  test('too many copies: the fix makes as few as fit', () => {
    const deep = (times: number): UnrollDocument => {
      const stack = (parent?: string) => ({ type: 'stack', settings: { times }, ...(parent ? { parent } : {}) })
      return framed(stack(), { b: stack('frame'), c: stack('b'), lstm: { ...lstm, parent: 'c' } }, [
        'frame:enter > b',
        'b > frame:leave',
        'b:enter > c',
        'c > b:leave',
        'c:enter > lstm',
        'lstm > c:leave',
      ])
    }
    expect(problemsOf(deep(10))).toEqual([])
    expect(problemsOf(deep(64))).toEqual([
      {
        code: 'frame.copies',
        severity: 'error',
        message:
          'Laid out with every copy that its frames make, the model would have 266 310 nodes; 2 000 is the most. Let Stack make fewer copies.'.replaceAll(
            /(\d) (\d)/g,
            '$1\u00a0$2',
          ),
      },
    ])
    let document = deep(64)
    for (let fixes = 0; problemsOf(document).length > 0; fixes++) {
      expect(fixes).toBeLessThan(4)
      document = mended(document)
    }
    expect(analyseModel(document, 'm', sentences).nodes.lstm?.copies).toBeGreaterThan(500)
  })

  test('nine frames one in the other are one too many', () => {
    const ids = Array.from({ length: 9 }, (_, index) => (index === 0 ? 'frame' : `f${index}`))
    const content: Nodes = { lstm: { ...lstm, parent: 'f8' } }
    const wires = ['f8:enter > lstm', 'lstm > f8:leave']
    for (const [index, id] of ids.entries()) {
      const parent = ids[index - 1]
      if (parent === undefined) continue
      content[id] = { type: 'stack', settings: { times: 1 }, parent }
      wires.push(`${parent}:enter > ${id}`, `${id} > ${parent}:leave`)
    }
    const [problem] = problemsOf(framed({ type: 'stack', settings: { times: 1 } }, content, wires))
    expect(problem).toMatchObject({
      code: 'frame.depth',
      message: 'LSTM lies in more than 8 frames one inside the other. Take it out of some of them.',
    })
  })

  test('a copy that makes what it carries ever wider ends in a sentence', () => {
    const twice = { type: 'concat', parent: 'frame' }
    const wires = ['frame:enter > twice', 'frame:enter > twice:other', 'twice > frame:leave']
    const [problem] = problemsOf(framed({ type: 'stack', settings: { times: 40 } }, { twice }, wires))
    expect(problem?.code).toBe('shape.tooWide')
    expect(problem?.message).toMatch(/^Layer 18 of Stack: Join side by side would give 1.572.864 numbers at once/)
  })

  test('what goes wrong only in a later copy says which', () => {
    const content: Nodes = {
      sum: { type: 'add', parent: 'frame' },
      wide: { type: 'dense', settings: { size: 12 }, parent: 'frame' },
      narrow: { type: 'dense', settings: { size: 6 }, parent: 'frame' },
    }
    const wires = [
      'frame:enter > sum',
      'frame:enter > narrow',
      'narrow > sum:other',
      'sum > wide',
      'wide > frame:leave',
    ]
    expect(problemsOf(framed({ type: 'stack' }, content, wires))).toEqual([
      {
        code: 'pair.features',
        severity: 'error',
        message:
          'Layer 2 of Stack: Add needs two of the same width, but gets 12 and 6 numbers. Put a Dense of size 12 in front of the second.',
      },
    ])
  })
})

describe('widths left on automatic', () => {
  const widthOf = (document: UnrollDocument, node: string) => {
    const { nodes, problems } = analyseModel(document, 'm', sentences)
    expect(problems).toEqual([])
    return nodes[node]?.outputs.out
  }
  const automatic = { type: 'dense', settings: { size: null }, parent: 'frame' }

  test('with a shortcut they take the width of what came in', () => {
    const content = { lstm: { type: 'lstm', settings: { hidden: 3 }, parent: 'frame' }, inner: automatic }
    const document = framed({ type: 'stack', settings: { residual: true } }, content, [
      'frame:enter > lstm',
      'lstm > inner',
      'inner > frame:leave',
    ])
    expect(widthOf(document, 'inner')).toEqual({ kind: 'sequence', features: 6 })
  })

  test('side by side each direction takes half of what is wanted', () => {
    const document = documentOf(
      {
        data: { type: 'dataset' },
        embedding: { type: 'embedding', settings: { size: 6 } },
        frame: { type: 'bidirectional' },
        inner: automatic,
        head: { type: 'tagSteps' },
      },
      ['data > embedding', 'embedding > frame', ...through('inner'), 'frame > head'],
    )
    const tags = { ...sentences, target: { kind: 'tag' as const, tags: ['a', 'b', 'c', 'd'] } }
    const { nodes, problems } = analyseModel(document, 'm', tags)
    expect(problems).toEqual([])
    expect(nodes.inner?.outputs.out).toEqual({ kind: 'sequence', features: 2 })
  })
})
