import type { DataSummary } from '../../data/prepared'
import { defineNode, type PortKind, type PortShape } from '../defineNode'
import { OUT, outPort } from '../lowering'

/** Where the document's data enter a model. What they are is settled in the document, not here. */
export const dataset = defineNode({
  type: 'dataset',
  title: 'Data set',
  letter: 'T',
  category: 'data',
  summary: 'Hands out the examples that the model learns from.',
  help: {
    what: 'The data of this document, one example after another: a stretch of text, a row of labelled text, or some days of measurements. Each example comes with the answer that the model should give.',
    why: 'Every model of a document reads the same data, cut into the same training, validation and test parts, so that their results can be compared.',
    when: 'Always: each model has exactly one. Choose the file, the columns and the parts in its settings.',
  },
  picture: { kind: 'examples' },
  synonyms: ['input', 'data', 'csv', 'text', 'table', 'source', 'file'],
  settings: {},
  ports: (_, data) => ({ inputs: [], outputs: [outPort('examples out', outputKinds(data))] }),
  describe: (_, data) => data?.sentence ?? 'no data read yet',
  shapes: ({ data }) => ({ [OUT]: inputOf(data) }),
  lower: ({ feed }) => ({ [OUT]: feed.input() }),
  count: 'exactlyOne',
})

function outputKinds(data: DataSummary | null): readonly PortKind[] {
  return data ? [inputOf(data).kind] : ['tokens', 'sequence']
}

function inputOf({ input }: DataSummary): PortShape {
  return input.kind === 'tokens'
    ? { kind: 'tokens', vocabulary: input.vocabulary, unit: input.unit }
    : { kind: 'sequence', features: input.features.length, word: 'measurement' }
}
