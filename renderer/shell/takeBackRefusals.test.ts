import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyDocument } from '../../engine/document/create'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'
import { takeBackRefusals } from './takeBackRefusals'

let end = () => {}

beforeEach(() => {
  vi.stubGlobal('window', { unroll: { engine: { send: () => {} } } })
  useRun.getState().leave()
  useDocument.getState().load(emptyDocument('Test'), { path: null, name: 'Test' })
  end = takeBackRefusals()
  useRun.getState().train()
})

afterEach(() => end())

describe('a refusal', () => {
  it('stands while data arrive that leave the problem', () => {
    useDocument.setState({ summary: null, dataProblems: [...useDocument.getState().dataProblems] })
    expect(useRun.getState().phase).toBe('refused')
  })

  it('goes when nothing is wrong any more', () => {
    const { analysis } = useDocument.getState()
    const sound = Object.fromEntries(Object.entries(analysis).map(([id, one]) => [id, { ...one, problems: [] }]))
    useDocument.setState({ analysis: sound, dataProblems: [] })
    expect(useRun.getState().phase).toBe('idle')
  })

  it('goes when the document changes', () => {
    const { document } = useDocument.getState()
    useDocument.setState({ document: { ...document, name: 'Other' } })
    expect(useRun.getState().phase).toBe('idle')
  })
})
