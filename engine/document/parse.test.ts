import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { documentArbitrary, soundDocument } from '../testing/documentArbitraries'
import { parseDocument } from './parse'
import { MAX_DOCUMENT_BYTES } from './schema'
import { serializeDocument } from './serialize'

const file = 'weather.unroll'

/** The one sentence that a broken text gives. */
function refusal(text: string): string {
  const result = parseDocument(text, file)
  expect(result.ok).toBe(false)
  expect(result.problems).toHaveLength(1)
  const problem = result.problems[0]
  expect(problem?.severity).toBe('error')
  expect(problem?.place).toMatchObject({ kind: 'file', path: file })
  return problem?.message ?? ''
}

/** A sound document with one field, given by its path, set to another value (undefined: taken out). */
function broken(path: (string | number)[], value: unknown): string {
  const root: unknown = JSON.parse(serializeDocument(soundDocument()))
  let parent: unknown = root
  for (const key of path.slice(0, -1)) parent = Reflect.get(Object(parent), key)
  const last = path.at(-1) ?? ''
  if (value === undefined) Reflect.deleteProperty(Object(parent), last)
  else Reflect.set(Object(parent), last, value)
  return JSON.stringify(root)
}

describe('round trip', () => {
  it('gives every sound document back, unknown fields and node types included, and the same bytes', () => {
    fc.assert(
      fc.property(documentArbitrary, (document) => {
        const text = serializeDocument(document)
        const parsed = parseDocument(text, file)
        expect(parsed.problems).toEqual([])
        if (!parsed.ok) throw new Error('refused')
        expect(parsed.value).toEqual(document)
        expect(serializeDocument(parsed.value)).toBe(text)
      }),
    )
  })

  it('reads a byte order mark and Windows line ends', () => {
    const text = `\ufeff${serializeDocument(soundDocument()).replaceAll('\n', '\r\n')}`
    const parsed = parseDocument(text, file)
    expect(parsed).toEqual({ ok: true, value: soundDocument(), problems: [] })
  })

  it('keeps a node type and fields from a newer version', () => {
    const text = broken(['models', 0, 'nodes', 'memory'], {
      type: 'mamba',
      settings: { states: [1, { a: null }] },
      colour: 'red',
    })
    const parsed = parseDocument(text, file)
    if (!parsed.ok) throw new Error('refused')
    expect(JSON.parse(serializeDocument(parsed.value))).toEqual(JSON.parse(text))
  })
})

describe('files that are no document', () => {
  it.each([
    ['', '“weather.unroll” is empty: choose another file, or an older copy of this one.'],
    ['  \n', '“weather.unroll” is empty: choose another file, or an older copy of this one.'],
    ['PK\u0003\u0004', 'it does not begin like one (line 1, column 1)'],
    ['[1, 2]', 'is not an Unroll document, for it does not say “format”: “unroll”'],
    ['null', 'is not an Unroll document'],
    ['"unroll"', 'is not an Unroll document'],
    ['{"format": "other", "version": 1}', 'is not an Unroll document'],
    ['{"format": "unroll"}', 'does not say which version of the format it has'],
    ['{"format": "unroll", "version": "1"}', '“version” must be a whole number from 1 to 1'],
    ['{"format": "unroll", "version": 0}', 'does not say which version'],
    [
      '{"format": "unroll", "version": 7}',
      'was made by a newer Unroll (format version 7; this one reads up to 1): update Unroll to open it.',
    ],
  ])('%j', (text, sentence) => {
    expect(refusal(text)).toContain(sentence)
  })

  it('refuses more than 20 MB before reading them', () => {
    expect(refusal('x'.repeat(MAX_DOCUMENT_BYTES + 1))).toBe(
      '“weather.unroll” is larger than 20 MB, too large to be an Unroll document: choose another file.',
    )
    expect(refusal('€'.repeat(MAX_DOCUMENT_BYTES / 3 + 1))).toContain('larger than 20 MB')
  })

  it('says where the text is cut off', () => {
    const text = serializeDocument(soundDocument())
    expect(refusal(text.slice(0, 100))).toMatch(/is damaged in line \d+, column \d+: .*Correct it in a text editor/)
    expect(refusal(text.slice(0, text.length - 3))).toContain('the text ends in the middle, as if the file was cut off')
  })

  it('places a mistake of hand editing by line and column', () => {
    const result = parseDocument('{\n  "format": "unroll",\n  "version": 1,\n  "name": Weather\n}', file)
    expect(result.problems).toEqual([
      {
        code: 'document.json',
        severity: 'error',
        message:
          '“weather.unroll” is damaged in line 4, column 11: “Weather” stands where a value is due. Correct it in a text editor, or open an older copy of the file.',
        place: { kind: 'file', path: file, line: 4 },
      },
    ])
  })

  it('speaks of “The document” when there is no file', () => {
    expect(parseDocument('').problems[0]).toMatchObject({
      message: expect.stringMatching(/^The document is empty/),
      place: { kind: 'document' },
    })
  })
})

describe('fields broken by hand', () => {
  it.each<[(string | number)[], unknown, string]>([
    [['name'], undefined, 'document name (name) is missing; it must be a text in double quotes.'],
    [
      ['training', 'batchSize'],
      'many',
      'training settings › batch size (training.batchSize) must be a number, but is “many”.',
    ],
    [['training', 'batchSize'], 0, 'training settings › batch size (training.batchSize) must be at least 1, but is 0.'],
    [['training', 'batchSize'], 2.5, 'must be a whole number, but is 2.5.'],
    [['training', 'optimizer'], 'lion', 'must be one of “adam”, “adamw”, “sgd”, “rmsprop”, “adagrad”, but is “lion”.'],
    [['training', 'learningRate'], -1, 'must be more than 0, but is -1.'],
    [
      ['data', 'kind'],
      'video',
      'data set › kind (data.kind) must be one of “forecast”, “nextSymbol”, “classify”, “tag”, “pairs”, “generator”, but is “video”.',
    ],
    [['data', 'kind'], undefined, 'data set › kind (data.kind) is missing'],
    [
      ['data', 'split', 'training'],
      0.95,
      'data set › split (data.split) gives training and validation more than the whole.',
    ],
    [['data'], null, 'data set (data) must be a group of fields { … }, but is empty (null).'],
    [['models'], [], 'models (models) must have at least 1 entry, but is an empty list.'],
    [['models', 0, 'nodes'], [], 'must be a group of fields { … }, but is an empty list.'],
    [
      ['models', 0, 'nodes', 'memory', 'settings'],
      5,
      'model “LSTM” › node “Memory” › settings (models.0.nodes.memory.settings) must be a group of fields',
    ],
    [
      ['models', 0, 'nodes', 'a b'],
      { type: 'lstm', settings: {} },
      'is not an id: ids are 1 to 64 letters, digits, - and _',
    ],
    [['models', 0, 'nodes', 'toString'], { type: 'lstm', settings: {} }, 'is a reserved word, which cannot be an id.'],
    [['models', 0, 'wires', 'wire-1', 'to'], undefined, 'model “LSTM” › wire “wire-1” › to'],
    [['models', 0, 'wires', 'wire-1', 'to', 'node'], 'valueOf', 'is a reserved word.'],
    [
      ['layout', 'model-1', 'nodes', 'data', 'x'],
      'left',
      'layout › model-1 › node “data” › x (layout.model-1.nodes.data.x)',
    ],
  ])('%j = %j', (path, value, sentence) => {
    expect(refusal(broken(path, value))).toContain(sentence)
  })

  it('refuses sample names that are paths', () => {
    for (const name of ['../../x', 'a/b.csv', '.hidden', 'C:x', 'a\\b', '']) {
      const data = {
        kind: 'nextSymbol',
        source: { kind: 'sample', name },
        unit: 'letter',
        window: 8,
        minimumCount: 1,
        split: { training: 0.8, validation: 0.1 },
      }
      expect(refusal(broken(['data'], data))).toContain('data set › source › name')
    }
  })

  it('reports several broken fields at once, but not endlessly', () => {
    const root = JSON.parse(serializeDocument(soundDocument()))
    const nodes = Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`n${i}`, 5]))
    const result = parseDocument(
      JSON.stringify({ ...root, models: [{ id: 'm', name: 'M', nodes, wires: {} }], name: 3 }),
      file,
    )
    expect(result.problems).toHaveLength(20)
    expect(new Set(result.problems.map((problem) => problem.message)).size).toBe(20)
  })

  it('refuses two models with one id', () => {
    const model = soundDocument().models[0]
    expect(refusal(broken(['models', 1], model))).toContain('two models have the id “model-1”')
  })
})

describe('hostile content', () => {
  it('refuses keys that change objects, wherever they are', () => {
    const text = serializeDocument(soundDocument())
    for (const key of ['__proto__', 'constructor', 'prototype']) {
      expect(refusal(text.replace('"hidden"', `"${key}"`))).toContain(
        `model “LSTM” › node “Memory” › settings holds a field named “${key}”, which no document may have.`,
      )
    }
    expect(Object.hasOwn(Object.prototype, 'hidden')).toBe(false)
  })

  it('refuses endless nesting and numbers beyond all bounds', () => {
    const deep = `{"format":"unroll","version":1,"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`
    expect(refusal(deep)).toContain('nested too deeply')
    expect(refusal(serializeDocument(soundDocument()).replace('"hidden": 8', '"hidden": 1e999'))).toContain(
      'settings › hidden is a number too large to work with',
    )
  })

  it('answers any text and any change of a sound text with a document or sentences, never with a throw', () => {
    const sound = serializeDocument(soundDocument())
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc
            .tuple(fc.nat(sound.length), fc.nat(40), fc.string({ maxLength: 6 }))
            .map(([at, cut, put]) => sound.slice(0, at) + put + sound.slice(at + cut)),
        ),
        (text) => {
          const result = parseDocument(text, file)
          if (result.ok) {
            const again = parseDocument(serializeDocument(result.value))
            expect(again).toEqual({ ok: true, value: result.value, problems: [] })
          } else {
            expect(result.problems.length).toBeGreaterThan(0)
            for (const problem of result.problems) expect(problem.message).toMatch(/^“weather.unroll”.*\.$/s)
          }
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('repair', () => {
  it('leaves out a wire to a node that does not exist, and says so', () => {
    const result = parseDocument(broken(['models', 0, 'wires', 'wire-1', 'to', 'node'], 'gone'), file)
    if (!result.ok) throw new Error('refused')
    expect(result.value.models[0]?.wires).toEqual({})
    expect(result.problems.map((problem) => [problem.severity, problem.message])).toEqual([
      [
        'warning',
        'The wire “wire-1” in model “LSTM” leads to the node “gone”, which does not exist, so the wire was left out.',
      ],
    ])
  })

  it('lays out cards that have no place, columns following the wires, below those that have one', () => {
    const none = parseDocument(broken(['layout'], undefined), file)
    if (!none.ok) throw new Error('refused')
    expect(none.value.layout).toEqual({ 'model-1': { nodes: { data: { x: 64, y: 128 }, memory: { x: 288, y: 128 } } } })
    expect(none.problems[0]?.message).toBe(
      '2 cards of model “LSTM” had no place on the canvas and were laid out from left to right.',
    )
    const one = parseDocument(broken(['layout', 'model-1', 'nodes', 'memory'], undefined), file)
    if (!one.ok) throw new Error('refused')
    expect(one.value.layout['model-1']?.nodes.memory).toEqual({ x: 288, y: 128 })
    expect(one.problems).toHaveLength(1)
  })

  it('lays out what a frame holds from the frame’s corner, whatever stands outside', () => {
    const nodes = {
      data: { type: 'dataset', settings: {} },
      frame: { type: 'stack', settings: {} },
      memory: { type: 'lstm', settings: {}, parent: 'frame' },
      more: { type: 'gru', settings: {}, parent: 'frame' },
    }
    const wires = { w: { from: { node: 'memory', port: 'out' }, to: { node: 'more', port: 'in' } } }
    const whole: Record<string, unknown> = JSON.parse(serializeDocument(soundDocument()))
    const layout = { m: { nodes: { data: { x: 0, y: 900 }, frame: { x: 300, y: 900 } } } }
    const text = JSON.stringify({ ...whole, models: [{ id: 'm', name: 'M', nodes, wires }], layout })
    const parsed = parseDocument(text, file)
    if (!parsed.ok) throw new Error('refused')
    expect(parsed.value.layout.m?.nodes).toMatchObject({ memory: { x: 88, y: 56 }, more: { x: 312, y: 56 } })
  })

  it('takes nodes out of frames that do not exist or hold themselves', () => {
    const gone = parseDocument(broken(['models', 0, 'nodes', 'memory', 'parent'], 'frame'), file)
    if (!gone.ok) throw new Error('refused')
    expect(gone.value.models[0]?.nodes.memory).toEqual(soundDocument().models[0]?.nodes.memory)
    const self = parseDocument(broken(['models', 0, 'nodes', 'memory', 'parent'], 'memory'), file)
    expect(self.problems.map((problem) => problem.code)).toEqual(['document.frame'])
  })
})
