import { describe, expect, it } from 'vitest'
import { rng } from '../../engine/base/rng'
import { emptyDocument } from '../../engine/document/create'
import type { Edit, UnrollDocument } from '../../engine/document/edits'
import { serializeDocument } from '../../engine/document/serialize'
import { createDocumentStore } from './document'
import { anAct, pick, type Store } from './randomActs'

const ACTS = 200
/** Every so many acts the document is kept as text too. */
const EVERY = 20

/** Every way a document can change. */
const KINDS: Readonly<Record<Edit['kind'], true>> = {
  renameDocument: true,
  setData: true,
  setTraining: true,
  addModel: true,
  renameModel: true,
  deleteModel: true,
  moveModel: true,
  addNode: true,
  deleteNodes: true,
  renameNode: true,
  setFrozen: true,
  setBypassed: true,
  setSetting: true,
  connect: true,
  deleteWires: true,
  moveNodes: true,
  setParent: true,
  setGroup: true,
  setNote: true,
  saveVersion: true,
  renameVersion: true,
  deleteVersion: true,
  restoreVersion: true,
}

/** The document after each entry, and every twentieth as text: nobody may change what history keeps. */
interface Trail {
  documents: UnrollDocument[]
  texts: Map<number, string>
}

function note(trail: Trail, store: Store): void {
  const { document } = store.getState()
  if (trail.documents.length % EVERY === 0) trail.texts.set(trail.documents.length, serializeDocument(document))
  trail.documents.push(document)
}

function expectAt({ documents, texts }: Trail, place: number, store: Store): void {
  const { document, past } = store.getState()
  expect(past).toHaveLength(place)
  expect(document).toBe(documents[place])
  const text = texts.get(place)
  if (text !== undefined) expect(serializeDocument(document)).toBe(text)
}

describe('history', () => {
  const seen = new Set<string>()

  it.each([1, 2, 3, 4, 5, 6])(
    'takes back 200 acts to the identical document, and does them again to the identical end (%i)',
    (seed) => {
      const store = createDocumentStore()
      const start = emptyDocument('Test')
      store.getState().load(start, { path: null, name: 'Test' })
      const chance = rng(seed)
      const trail: Trail = { documents: [], texts: new Map() }
      note(trail, store)
      for (let tries = 0; store.getState().past.length < ACTS; tries += 1) {
        expect(tries, 'most of what is tried can be done').toBeLessThan(4 * ACTS)
        const act = anAct(store, chance)
        if (!act) continue
        const { length } = store.getState().past
        store.getState().apply(act)
        if (store.getState().past.length > length) {
          note(trail, store)
          for (const { kind } of act.edits) seen.add(kind)
        }
        if (chance.integer(8) === 0) store.getState().setActiveModel(pick(store.getState().document.models, chance).id)
      }
      for (let place = ACTS - 1; place >= 0; place -= 1) {
        store.getState().undo()
        expectAt(trail, place, store)
      }
      expect(store.getState().document).toBe(start)
      expect(serializeDocument(store.getState().document)).toBe(serializeDocument(emptyDocument('Test')))
      expect(store.getState().unsaved).toBe(false)
      for (let place = 1; place <= ACTS; place += 1) {
        store.getState().redo()
        expectAt(trail, place, store)
      }
      expect(store.getState().future).toEqual([])
    },
  )

  it('so with every way in which a document can change', () => {
    expect([...seen].sort()).toEqual(Object.keys(KINDS).sort())
  })
})
