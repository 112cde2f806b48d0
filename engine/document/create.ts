import { invariant } from '../base/invariant'
import { FORMAT, type Model, type UnrollDocument, VERSION } from './schema'

/**
 * The first of "prefix-1", "prefix-2" … that `taken` does not have. Counting instead of chance keeps files readable and the
 * same gesture the same file.
 */
export function freshId(prefix: string, taken: { has(id: string): boolean }): string {
  const clean = prefix.replace(/[^A-Za-z0-9_-]/g, '').slice(0, 40) || 'id'
  for (let n = 1; n <= 1_000_000; n++) {
    const id = `${clean}-${n}`
    if (!taken.has(id)) return id
  }
  invariant(false, `no free id for ${clean}`)
}

/** `more`: ids promised to other edits of the same act. */
export function freshNodeId(model: Model, type: string, more: Iterable<string> = []): string {
  return freshId(type, new Set([...Object.keys(model.nodes), ...more]))
}

export function freshWireId(model: Model, more: Iterable<string> = []): string {
  return freshId('wire', new Set([...Object.keys(model.wires), ...more]))
}

export function freshModelId(document: UnrollDocument): string {
  return freshId('model', new Set(document.models.map((model) => model.id)))
}

/** A model with nothing but the card of the document's data set. */
export function emptyModel(id: string, name: string): Model {
  return { id, name, nodes: { data: { type: 'dataset', settings: {} } }, wires: {} }
}

/** Where the data set's card stands in a new model, in canvas pixels. */
export const FIRST_POSITION = { x: 64, y: 128 }

/** A new document: one model with only the data set, on data that need no file (the adding problem). */
export function emptyDocument(name: string): UnrollDocument {
  const model = emptyModel('model-1', 'Model 1')
  return {
    format: FORMAT,
    version: VERSION,
    name,
    data: {
      kind: 'generator',
      generator: 'adding',
      length: 20,
      examples: 5000,
      split: { training: 0.8, validation: 0.1 },
    },
    models: [model],
    training: { seed: 1, epochs: 20, batchSize: 32, optimizer: 'adam', learningRate: 0.003, clipNorm: 1 },
    layout: { [model.id]: { nodes: { data: { ...FIRST_POSITION } } } },
  }
}
