import { describe, expect, it } from 'vitest'
import { soundDocument } from '../testing/documentArbitraries'
import { applyEdits } from './applyEdit'
import type { Edit } from './edits'
import { parseDocument } from './parse'
import { MAX_VERSIONS, type UnrollDocument } from './schema'
import { serializeDocument } from './serialize'
import { contentOf, freshVersionId, mayHoldMoreVersions, withoutVersions } from './versions'

const savedAt = '2026-11-22T10:00:00.000Z'
const save = (version: string, name = 'First'): Edit => ({ kind: 'saveVersion', version, name, savedAt })
const rename: Edit = { kind: 'renameDocument', name: 'Later' }

describe('named versions', () => {
  it('keeps what the document holds now, without the versions themselves', () => {
    const document = { ...soundDocument(), future: { field: 1 } }
    const saved = applyEdits(document, [rename, save('v1'), save('v2', 'Second')])
    expect(saved.versions?.map(({ id, name }) => `${id} ${name}`)).toEqual(['v1 First', 'v2 Second'])
    for (const version of saved.versions ?? []) {
      expect(version.content).toEqual(contentOf({ ...document, name: 'Later' }))
      expect(version.content).not.toHaveProperty('versions')
      expect(version.savedAt).toBe(savedAt)
    }
  })

  it('shares what did not change with the document', () => {
    const document = applyEdits(soundDocument(), [save('v1')])
    expect(document.versions?.[0]?.content.models[0]).toBe(document.models[0])
  })

  it('restores everything but the versions', () => {
    const start = { ...soundDocument(), claim: 'A claim', future: 1 }
    const node = { node: 'extra', type: 'gru', settings: {}, position: { x: 8, y: 8 } }
    const changed = applyEdits(start, [save('v1'), rename, { kind: 'addNode', model: 'model-1', ...node }])
    const { claim: _, ...later } = { ...changed, lookFor: 'Something' }
    const restored = applyEdits(later, [{ kind: 'restoreVersion', version: 'v1' }])
    expect(contentOf(restored)).toEqual(contentOf(start))
    expect(restored.versions).toEqual(changed.versions)
    expect(withoutVersions(restored)).toEqual(start)
    const again = applyEdits(restored, [{ kind: 'renameNode', model: 'model-1', node: 'memory', name: 'Other' }])
    expect(again.versions).toBe(restored.versions)
  })

  it('renames and deletes; without its last version a document is as if it never had one', () => {
    const two = applyEdits(soundDocument(), [save('v1'), save('v2')])
    const renamed = applyEdits(two, [{ kind: 'renameVersion', version: 'v1', name: 'Before' }])
    expect(renamed.versions?.map(({ name }) => name)).toEqual(['Before', 'First'])
    const one = applyEdits(renamed, [{ kind: 'deleteVersion', version: 'v2' }])
    expect(one.versions?.map(({ id }) => id)).toEqual(['v1'])
    expect(applyEdits(one, [{ kind: 'deleteVersion', version: 'v1' }])).toEqual(soundDocument())
  })

  it('takes no more than the format holds, nor two of one id', () => {
    let document: UnrollDocument = soundDocument()
    for (let n = 0; n < MAX_VERSIONS; n++) document = applyEdits(document, [save(freshVersionId(document))])
    expect(mayHoldMoreVersions(document)).toBe(false)
    expect(() => applyEdits(document, [save('one-more')])).toThrow('at most')
    expect(() => applyEdits(soundDocument(), [save('v1'), save('v1')])).toThrow('taken')
    expect(() => applyEdits(soundDocument(), [{ kind: 'restoreVersion', version: 'v9' }])).toThrow('no version')
    expect(() =>
      applyEdits(soundDocument(), [{ kind: 'saveVersion', version: 'v1', name: 'x', savedAt: 'now' }]),
    ).toThrow('version')
    expect(parseDocument(serializeDocument(document))).toEqual({ ok: true, value: document, problems: [] })
  })
})

/** A document with two versions, the list or one of them replaced. */
function opened(change: (versions: unknown[]) => unknown) {
  const sound = applyEdits(soundDocument(), [save('v1'), save('v2', 'Second')])
  const raw: unknown = JSON.parse(serializeDocument(sound))
  const versions: unknown = Reflect.get(Object(raw), 'versions')
  Reflect.set(Object(raw), 'versions', change(Array.isArray(versions) ? versions : []))
  const parsed = parseDocument(JSON.stringify(raw), 'a.unroll')
  if (!parsed.ok) throw new Error(`refused: ${parsed.problems[0]?.message}`)
  expect(contentOf(parsed.value)).toEqual(contentOf(soundDocument()))
  return { ids: parsed.value.versions?.map(({ id }) => id), said: parsed.problems.map(({ message }) => message) }
}

describe('damaged versions in a file', () => {
  it('lose only themselves, with one sentence', () => {
    const broken = opened(([first]) => [first, { id: 'v2', name: 'Second', savedAt, content: { name: 3 } }])
    expect(broken.ids).toEqual(['v1'])
    expect(broken.said).toHaveLength(1)
    expect(broken.said[0]).toContain('The saved version “Second” is damaged and was left out')
    expect(opened(([first]) => [first, 7]).ids).toEqual(['v1'])
    expect(opened(([first]) => [first, first]).said[0]).toContain('has the id “v1” too')
    expect(opened(() => 'all')).toEqual({
      ids: undefined,
      said: ['The list of saved versions is damaged and was left out.'],
    })
    const all = opened(() => [null, 1, 2, 3, 4, 5, 6])
    expect(all.ids).toBeUndefined()
    expect(all.said).toEqual(['7 saved versions are damaged and were left out: “1”, “2”, “3”, “4”, “5” ….'])
  })

  it('are bounded: the newest are kept', () => {
    const many = opened(([first]) =>
      Array.from({ length: MAX_VERSIONS + 3 }, (_, n) => Object.assign({}, first, { id: `v${n}` })),
    )
    expect(many.ids).toHaveLength(MAX_VERSIONS)
    expect(many.ids?.[0]).toBe('v3')
    expect(many.said[0]).toContain('the 3 oldest')
  })

  it('with wires that lead nowhere are mended, as the document is', () => {
    const sound = applyEdits(soundDocument(), [save('v1')])
    const text = serializeDocument(sound).replaceAll('"node": "memory"', '"node": "gone"')
    const parsed = parseDocument(text)
    if (!parsed.ok) throw new Error('refused')
    expect(parsed.value.versions?.[0]?.content.models[0]?.wires).toEqual({})
  })
})
