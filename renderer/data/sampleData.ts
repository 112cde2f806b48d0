import { create } from 'zustand'
import { assertNever } from '../../engine/base/invariant'
import type { DataDefinition, GeneratorData } from '../../engine/document/dataSchema'
import { parseDocument } from '../../engine/document/parse'
import { useApp } from '../state/app'
import { useDocument } from '../state/document'

/** Data that come with the app, to build a model of one's own on. */
export interface SampleData {
  /** Id of the sample that brings them. */
  id: string
  title: string
  /** What they are and what may be learned from them, in one line. */
  summary: string
  data: DataDefinition
}

/** What the dialog offers: read before it opens, and never again, since samples do not change while the app runs. */
export const useSampleData = create<{ all: readonly SampleData[] }>()(() => ({ all: [] }))

/** Asks which of the data that come with the app the document is to learn from. */
export async function chooseData(): Promise<void> {
  if (useSampleData.getState().all.length === 0) useSampleData.setState({ all: await readSampleData() })
  useApp.getState().openDialog({ kind: 'chooseData' })
}

/** The data of all samples, each once; samples that share their data come as the first of them. */
async function readSampleData(): Promise<readonly SampleData[]> {
  const samples = await window.unroll.samples()
  const read = await Promise.all(
    samples.map(async ({ id, title }): Promise<SampleData | null> => {
      const opened = await window.unroll.openSample(id)
      if (opened.ok !== true) return null
      const parsed = parseDocument(opened.file.text, opened.file.name)
      if (!parsed.ok) return null
      const { data } = parsed.value
      return { id, title: data.title ?? title, summary: summaryOf(data), data }
    }),
  )
  return eachOnce(read.filter((one) => one !== null))
}

/** Leaves out data that read the same file in the same way as earlier ones: how long their examples are is a setting. */
export function eachOnce(all: readonly SampleData[]): readonly SampleData[] {
  const seen = new Set<string>()
  return all.filter(({ data }) => {
    const origin = data.kind === 'generator' ? data.generator : JSON.stringify(data.source)
    const key = `${data.kind} ${origin}`
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

/** Every model of the document learns from these data from now on; one act. */
export function takeSampleData({ title, data }: SampleData): void {
  useDocument.getState().apply({ label: `Use the data “${title}”`, edits: [{ kind: 'setData', data }] })
}

const GENERATORS: Readonly<Record<GeneratorData['generator'], string>> = {
  adding: 'Made by Unroll: add up two marked numbers, far apart',
  recall: 'Made by Unroll: name the first letter after a long wait',
}

function summaryOf(data: DataDefinition): string {
  switch (data.kind) {
    case 'forecast':
      return 'Numbers over time: forecast the next ones'
    case 'nextSymbol':
      return 'Running text: say the next letter or word'
    case 'classify':
      return 'Texts with a label each: label a whole text'
    case 'tag':
      return 'Sentences with a tag for each word: tag each step'
    case 'pairs':
      return 'One sequence for another: translate'
    case 'generator':
      return GENERATORS[data.generator]
    default:
      return assertNever(data)
  }
}
