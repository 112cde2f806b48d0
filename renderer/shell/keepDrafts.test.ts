import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { emptyDocument } from '../../engine/document/create'
import { parseDocument } from '../../engine/document/parse'

type Draft = { path: string | null; name: string; text: string } | null

const drafts: Draft[] = []
const titles: { name: string; unsaved: boolean }[] = []
let end = () => {}

/** The stores read the browser's storage when they are loaded: it must be there first. */
async function load() {
  const [{ keepDrafts }, { useDocument }, { useApp }] = await Promise.all([
    import('./keepDrafts'),
    import('../state/document'),
    import('../state/app'),
  ])
  return { keepDrafts, useDocument, useApp }
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.resetModules()
  drafts.length = 0
  titles.length = 0
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {} })
  vi.stubGlobal('window', {
    unroll: {
      keepDraft: async (draft: Draft) => void drafts.push(draft),
      setTitle: (title: { name: string; unsaved: boolean }) => titles.push(title),
    },
  })
})

afterEach(() => {
  end()
  vi.useRealTimers()
})

describe('drafts', () => {
  it('are kept after a short rest, once for a burst of changes, and taken back by saving', async () => {
    const { keepDrafts, useDocument, useApp } = await load()
    end = keepDrafts()
    useDocument.getState().load(emptyDocument('One'), { path: null, name: 'One' })
    useApp.getState().showEditor()
    vi.runAllTimers()
    expect(drafts).toEqual([])
    for (const name of ['Two', 'Three']) {
      useDocument.getState().apply({ label: 'Rename', edits: [{ kind: 'renameDocument', name }] })
    }
    vi.advanceTimersByTime(1000)
    expect(drafts).toEqual([])
    vi.advanceTimersByTime(300)
    expect(drafts).toHaveLength(1)
    const parsed = parseDocument(drafts[0]?.text ?? '')
    expect(parsed.ok && parsed.value.name).toBe('Three')
    useDocument.getState().markSaved({ path: '/x.unroll', name: 'x.unroll' })
    vi.runAllTimers()
    expect(drafts).toHaveLength(2)
    expect(drafts[1]).toBeNull()
    expect(titles.at(-1)).toEqual({ name: 'Three', unsaved: false })
  })

  it('hold nothing while a document is untouched', async () => {
    const { keepDrafts, useDocument, useApp } = await load()
    end = keepDrafts()
    useApp.getState().showEditor()
    useDocument.getState().load(emptyDocument('Other'), { path: null, name: 'Other' })
    vi.runAllTimers()
    expect(drafts).toEqual([null])
    expect(titles.at(-1)).toEqual({ name: 'Other', unsaved: false })
  })
})
