import { describe, expect, it } from 'vitest'
import { emptyDocument } from '../engine/document/create'
import { MAX_DOCUMENT_BYTES } from '../engine/document/schema'
import {
  engineCommandSchema,
  historySchema,
  keepDraftSchema,
  openPathSchema,
  sampleIdSchema,
  saveSchema,
  themeSchema,
  titleSchema,
} from './messages'

const document = emptyDocument('Rain')
const train = { kind: 'train', run: 'run-1', document, model: 'model', documentPath: null, threads: null }

function takes(value: unknown): boolean {
  return engineCommandSchema.safeParse(value).success
}

describe('commands to the engine', () => {
  it('takes each kind that the contract names', () => {
    expect(takes(train)).toBe(true)
    expect(takes({ ...train, documentPath: '/home/ada/rain.unroll', threads: 2 })).toBe(true)
    expect(takes({ kind: 'describeData', request: 'data-1', data: document.data, documentPath: null })).toBe(true)
    for (const kind of ['pause', 'resume', 'step', 'stop']) expect(takes({ kind, run: 'run-1' })).toBe(true)
    expect(takes({ kind: 'setLearningRate', run: 'run-1', learningRate: 0.001 })).toBe(true)
    expect(takes({ kind: 'frameRead', run: 'run-1', step: 0 })).toBe(true)
  })

  it.each([
    ['an unknown kind', { kind: 'eval', run: 'run-1', code: '1' }],
    ['no kind', { run: 'run-1' }],
    ['no object', 'train'],
    ['nothing', null],
    ['a run without a name', { kind: 'pause', run: '' }],
    ['a run with an endless name', { kind: 'pause', run: 'x'.repeat(201) }],
    ['a learning rate that is no number', { kind: 'setLearningRate', run: 'run-1', learningRate: Number.NaN }],
    ['a learning rate of 0', { kind: 'setLearningRate', run: 'run-1', learningRate: 0 }],
    ['half a step', { kind: 'frameRead', run: 'run-1', step: 0.5 }],
    ['no threads at all', { ...train, threads: 0 }],
    ['thousands of threads', { ...train, threads: 5000 }],
    ['a model id that is a path', { ...train, model: '../../model' }],
    ['a document of another shape', { ...train, document: { format: 'unroll' } }],
    ['an endless path', { ...train, documentPath: '/'.repeat(5000) }],
  ])('refuses %s', (_what, value) => {
    expect(takes(value)).toBe(false)
  })

  it('hands on only what the contract names: a folder slipped in is dropped', () => {
    const parsed = engineCommandSchema.parse({ ...train, folders: { samples: '/', document: '/' } })
    expect(parsed).not.toHaveProperty('folders')
  })
})

describe('other messages of the window', () => {
  it('bounds paths, names and texts', () => {
    expect(openPathSchema.safeParse('/home/ada/rain.unroll').success).toBe(true)
    for (const path of ['', 'x'.repeat(4097), 7, null, ['/a']])
      expect(openPathSchema.safeParse(path).success).toBe(false)
    expect(sampleIdSchema.safeParse('x'.repeat(65)).success).toBe(false)
    expect(titleSchema.safeParse({ name: 'Rain', unsaved: true }).success).toBe(true)
    expect(historySchema.safeParse({ undo: 'Add LSTM', redo: null }).success).toBe(true)
    expect(historySchema.safeParse({ undo: 7, redo: null }).success).toBe(false)
    expect(titleSchema.safeParse({ name: 'x'.repeat(301), unsaved: true }).success).toBe(false)
    const save = { path: null, suggestedName: 'rain.unroll', text: '{}' }
    expect(saveSchema.safeParse(save).success).toBe(true)
    expect(saveSchema.safeParse({ ...save, text: 'x'.repeat(MAX_DOCUMENT_BYTES + 1) }).success).toBe(false)
    expect(saveSchema.safeParse({ ...save, text: new Uint8Array(3) }).success).toBe(false)
  })

  it('takes a draft or null, and only themes there are', () => {
    expect(keepDraftSchema.safeParse(null).success).toBe(true)
    expect(keepDraftSchema.safeParse({ path: null, name: 'Rain', text: '{}' }).success).toBe(true)
    expect(keepDraftSchema.safeParse({ path: null, name: 'Rain' }).success).toBe(false)
    expect(themeSchema.safeParse('dark').success).toBe(true)
    expect(themeSchema.safeParse('solarized').success).toBe(false)
  })
})
