import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { prepareData } from '../data/prepare'
import type { PreparedData } from '../data/prepared'
import type { DataDefinition } from '../document/dataSchema'
import { parseDocument } from '../document/parse'
import type { UnrollDocument } from '../document/schema'
import { readData } from '../host/files'
import { packageRoot } from '../host/places'

/** One model of a sample document that was made small. */
export interface SmallSample {
  /** "adding.unroll, LSTM" */
  name: string
  document: UnrollDocument
  model: string
}

/** Node settings that are sizes. */
const SMALL_SIZES: Readonly<Record<string, number>> = { hidden: 6, size: 5, heads: 1, feedForward: 7 }

/**
 * Every model of every shipped sample, made small enough for the reference kernels: same nodes and wires, fewer cells, time steps
 * and rows.
 */
const folder = join(packageRoot(), 'samples')
export const samples: readonly SmallSample[] = readdirSync(folder)
  .filter((name) => name.endsWith('.unroll'))
  .flatMap((file) => {
    const parsed = parseDocument(readFileSync(join(folder, file), 'utf8'), file)
    if (!parsed.ok) throw new Error(`${file} does not parse`)
    const document = small(parsed.value)
    return document.models.map(({ id, name }) => ({ name: `${file}, ${name}`, document, model: id }))
  })

function small(document: UnrollDocument): UnrollDocument {
  return {
    ...document,
    data: shortened(document.data),
    training: { ...document.training, batchSize: 3 },
    models: document.models.map((model) => ({
      ...model,
      nodes: Object.fromEntries(
        Object.entries(model.nodes).map(([id, node]) => {
          const settings = Object.entries(node.settings).map(([key, value]) => [
            key,
            typeof value === 'number' ? (SMALL_SIZES[key] ?? value) : value,
          ])
          return [id, { ...node, settings: Object.fromEntries(settings) }]
        }),
      ),
    })),
  }
}

function shortened(data: DataDefinition): DataDefinition {
  switch (data.kind) {
    case 'forecast':
    case 'nextSymbol':
      return { ...data, window: 7 }
    case 'classify':
    case 'tag':
      return { ...data, maximumLength: 9 }
    case 'pairs':
      return { ...data, maximumFrom: 5, maximumTo: 4 }
    case 'generator':
      return { ...data, length: 8, examples: 100 }
  }
}

const prepared = new Map<string, PreparedData>()
/** The prepared data of a small sample; read once. */
export function dataOf(document: UnrollDocument): PreparedData {
  const known = prepared.get(document.name)
  if (known) return known
  const bytes = readData(document.data, { samples: join(folder, 'data'), document: null })
  if (!bytes.ok) throw new Error(bytes.problems[0]?.message)
  const data = prepareData(document.data, bytes.value)
  if (!data.ok) throw new Error(data.problems[0]?.message)
  prepared.set(document.name, data.value)
  return data.value
}
