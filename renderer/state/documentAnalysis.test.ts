import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { present } from '../../engine/base/invariant'
import { analyseModel } from '../../engine/compile/analyse'
import { prepareData } from '../../engine/data/prepare'
import type { DataSummary } from '../../engine/data/prepared'
import { applyEdits } from '../../engine/document/applyEdit'
import { freshWireId } from '../../engine/document/create'
import type { Edit } from '../../engine/document/edits'
import type { Model, UnrollDocument } from '../../engine/document/schema'
import { brokenGraphs } from '../../engine/testing/brokenGraph'
import { type Draw, drawFrom } from '../../engine/testing/draw'
import { validGraphs } from '../../engine/testing/randomGraph'
import { smallDocument } from '../../engine/testing/smallDocument'
import { createAnalyser } from './documentAnalysis'

const MODEL = 'small'
const edited = (document: UnrollDocument, edit: Edit): UnrollDocument => applyEdits(document, [edit])
const summary = summaryOf(smallDocument())

function summaryOf({ data }: UnrollDocument): DataSummary {
  const prepared = prepareData(data, null)
  if (!prepared.ok) throw new Error('the adding problem needs no file')
  return prepared.value.summary
}

/** The small model's analysis before and after an edit. */
function beforeAndAfter(edit: Edit, start: UnrollDocument = smallDocument()) {
  const analyse = createAnalyser()
  const before = present(analyse(start, summary)[MODEL], 'every model is analysed')
  const after = present(analyse(edited(start, edit), summary)[MODEL], 'every model is analysed')
  const same = Object.keys(after.nodes).filter((id) => after.nodes[id] === before.nodes[id])
  return { before, after, same }
}

describe('an edit', () => {
  it('leaves what is said of other nodes the very same', () => {
    const { after, before, same } = beforeAndAfter({
      kind: 'renameNode',
      model: MODEL,
      node: 'memory',
      name: 'Remember',
    })
    expect(same).toEqual(['data', 'last', 'out', 'answer'])
    expect(after.nodes.memory?.title).toBe('Remember')
    expect(after.problems).toBe(before.problems)
  })

  it('changes the node itself and those that what changed flows to', () => {
    const { same } = beforeAndAfter({ kind: 'setSetting', model: MODEL, node: 'memory', setting: 'hidden', value: 9 })
    expect(same).toEqual(['data', 'answer'])
  })

  it('that changes nothing about a model leaves the whole as it was', () => {
    const { after, before } = beforeAndAfter({ kind: 'setTraining', changes: { epochs: 7 } })
    expect(after).toBe(before)
  })

  it('that is undone gives what was said before, not worked out again', () => {
    const [analyse, start] = [createAnalyser(), smallDocument()]
    const before = present(analyse(start, summary)[MODEL], 'every model is analysed')
    analyse(edited(start, { kind: 'renameNode', model: MODEL, node: 'memory', name: 'Remember' }), summary)
    const after = present(analyse(start, summary)[MODEL], 'every model is analysed')
    expect(after.nodes.memory).toBe(before.nodes.memory)
    expect(after).toEqual(before)
    expect(analyse(start, summary)[MODEL]).toBe(after)
  })

  it('keeps each problem that stays, beside new ones', () => {
    const add = (node: string): Edit => {
      const position = { x: 0, y: 0 }
      return { kind: 'addNode', model: MODEL, node, type: 'dropout', settings: {}, position }
    }
    const { after, before } = beforeAndAfter(add('b'), edited(smallDocument(), add('c')))
    expect(before.problems).toHaveLength(1)
    expect(after.problems).toHaveLength(2)
    expect(after.problems).toContain(before.problems[0])
    expect(after.problems).not.toBe(before.problems)
  })
})

describe('whatever is done to any model', () => {
  it('what is shared holds what an analysis that knows of nothing says', () => {
    fc.assert(
      fc.property(
        fc.oneof(validGraphs, brokenGraphs),
        fc.array(fc.nat(9999), { minLength: 8, maxLength: 40 }),
        ({ document, model, summary }, numbers) => {
          const draw = drawFrom(numbers)
          const analyse = createAnalyser()
          const documents = [document]
          for (let step = 0; step < 8; step++) {
            const last = present(documents.at(-1), 'there is a document')
            // Now and then back to one of before, as undoing does.
            const next =
              draw(4) === 0 ? present(documents[draw(documents.length)], 'drawn from all') : randomEdit(last, draw)
            documents.push(next)
            expect(analyse(next, summary)[model]).toEqual(analyseModel(structuredClone(next), model, summary))
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})

function randomEdit(document: UnrollDocument, draw: Draw): UnrollDocument {
  const model: Model = present(document.models[0], 'a document has a model')
  const [nodes, wires] = [Object.keys(model.nodes), Object.keys(model.wires)]
  const one = nodes[draw(nodes.length)]
  const other = nodes[draw(nodes.length)]
  const wire = wires[draw(Math.max(1, wires.length))]
  if (one === undefined || other === undefined) return document
  const edits: Edit[] = [
    { kind: 'renameNode', model: model.id, node: one, name: `n${draw(9)}` },
    { kind: 'setBypassed', model: model.id, nodes: [one], bypassed: draw(2) === 0 },
    { kind: 'setFrozen', model: model.id, node: one, frozen: draw(2) === 0 },
    { kind: 'setSetting', model: model.id, node: one, setting: 'hidden', value: draw(9) },
    { kind: 'setSetting', model: model.id, node: one, setting: 'size', value: draw(9) },
    { kind: 'deleteNodes', model: model.id, nodes: [one] },
    { kind: 'deleteWires', model: model.id, wires: wire === undefined ? [] : [wire] },
    { kind: 'setTraining', changes: { batchSize: 1 + draw(9) } },
    {
      kind: 'connect',
      model: model.id,
      wire: freshWireId(model),
      from: { node: one, port: 'out' },
      to: { node: other, port: 'in' },
    },
  ]
  return edited(document, present(edits[draw(edits.length)], 'one of the edits'))
}
