import fc from 'fast-check'
import { assertNever, present } from '../base/invariant'
import { chainsTo, newSettings } from '../compile/adapters'
import { misfitOf } from '../compile/fit'
import type { DataSummary } from '../data/prepared'
import { emptyDocument } from '../document/create'
import type { GraphNode, Model, UnrollDocument, Wire } from '../document/schema'
import type { AnyNodeDefinition, PortShape } from '../nodes/defineNode'
import { nodeDefinitions } from '../nodes/index'
import type { Setting } from '../nodes/settings'
import { readSettings } from '../nodes/validate'

/** A document of one model, and the data that it would read. */
export interface RandomGraph {
  document: UnrollDocument
  model: string
  summary: DataSummary
}

/** Draws from 0 … limit − 1; made from a list of numbers, so that fast-check can shrink a failing graph. */
export type Draw = (limit: number) => number

export function drawFrom(numbers: readonly number[]): Draw {
  let next = 0
  return (limit) => {
    const number = numbers[next % numbers.length] ?? 0
    // Once round, every further pass gives other numbers, or short lists would repeat themselves.
    const turn = Math.floor(next / numbers.length)
    next++
    return (number + turn * 7) % limit
  }
}

const decisions = fc.array(fc.nat(9999), { minLength: 8, maxLength: 120 })

/** Data of every kind of input and target, small: what a model can be built on, whether or not an importer makes it today. */
export const summaries: fc.Arbitrary<DataSummary> = fc
  .record({
    input: fc.oneof(
      fc.record({
        kind: fc.constant('numbers' as const),
        features: fc.integer({ min: 1, max: 5 }).map((count) => names('column', count)),
      }),
      fc.record({ kind: fc.constant('tokens' as const), vocabulary: fc.integer({ min: 2, max: 20 }), unit: units() }),
    ),
    target: fc.oneof(
      fc.record({
        kind: fc.constant('numbers' as const),
        names: fc.integer({ min: 1, max: 3 }).map((count) => names('target', count)),
      }),
      fc.record({
        kind: fc.constant('class' as const),
        classes: fc.integer({ min: 2, max: 5 }).map((count) => names('class', count)),
      }),
      fc.record({ kind: fc.constant('symbol' as const), vocabulary: fc.integer({ min: 2, max: 20 }), unit: units() }),
      fc.record({
        kind: fc.constant('tag' as const),
        tags: fc.integer({ min: 2, max: 5 }).map((count) => names('tag', count)),
      }),
    ),
    // At least as many as tests run: a plan is never bound to more steps than its data have.
    maximumSteps: fc.integer({ min: 5, max: 9 }),
    variableLength: fc.boolean(),
    stepWord: fc.constantFrom('day', 'letter', 'step', 'entry'),
  })
  .map((drawn) => ({
    ...drawn,
    title: 'Random data',
    sentence: 'a few examples',
    examples: { training: 20, validation: 5, test: 5 },
    fingerprint: 'random',
  }))

function units(): fc.Arbitrary<'letter' | 'word'> {
  return fc.constantFrom('letter', 'word')
}

function names(word: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${word} ${index + 1}`)
}

/** Graphs that compile: grown from the data by nodes that fit, branches included, ended by one to three outputs. */
export const validGraphs: fc.Arbitrary<RandomGraph> = fc
  .tuple(summaries, decisions)
  .map(([summary, numbers]) => growGraph(summary, drawFrom(numbers), 1 + ((numbers[0] ?? 0) % 12)))

/** @param size nodes between the data and the outputs, at most */
export function growGraph(summary: DataSummary, draw: Draw, size: number): RandomGraph {
  const graph = new Growing(summary, draw)
  const data = Object.values(nodeDefinitions).find(({ count }) => count === 'exactlyOne')
  graph.add(present(data, 'there is a data set'), {}, [])
  const inner = Object.values(nodeDefinitions).filter(
    ({ isHead, count, frame }) => !isHead && count !== 'exactlyOne' && !frame,
  )
  for (let node = 0; node < size; node++) graph.grow(present(inner[draw(inner.length)], 'there are nodes'))
  const heads = Object.values(nodeDefinitions).filter(({ isHead, target }) => isHead && target === summary.target.kind)
  for (let head = draw(3); head >= 0; head--) graph.end(present(heads[draw(heads.length)], 'there are outputs'))
  return graph.finish()
}

interface Output {
  node: string
  port: string
  shape: PortShape
}

class Growing {
  private readonly nodes: [string, GraphNode][] = []
  private readonly wires: [string, Wire][] = []
  private readonly outputs: Output[] = []

  constructor(
    private readonly summary: DataSummary,
    private readonly draw: Draw,
  ) {}

  /** Adds a node of this type if something fits all inputs that it needs; the others take what fits them. */
  grow(definition: AnyNodeDefinition): void {
    const settings = drawSettings(definition, this.draw)
    const { inputs } = definition.ports(readSettings(definition, settings).values, this.summary)
    const sources: (Output | null)[] = []
    for (const spec of inputs) {
      const fitting = this.outputs.filter(({ shape }) => misfitOf(spec, shape) === null)
      const source = fitting[this.draw(Math.max(1, fitting.length))] ?? null
      if (!source && spec.required !== false) return
      sources.push(source)
    }
    this.add(definition, settings, sources)
  }

  /** Adds an output node and what leads to it: a Dense that takes the width it wants, and before that what the kind asks for. */
  end(definition: AnyNodeDefinition): void {
    const spec = present(definition.ports({}, this.summary).inputs[0], 'an output has an input')
    const width = spec.features?.count ?? 1
    const other: PortShape['kind'][] = spec.kinds.filter((kind) => kind !== 'tokens')
    const chains = this.outputs.flatMap((start) =>
      // Asking for a width that is not there brings in a node with weights, so that there is something to learn.
      chainsTo(start.shape.kind === 'tokens' ? start.shape : { ...start.shape, features: width + 1 }, {
        ...spec,
        kinds: other,
        features: { count: width, meaning: 'random' },
      }).map((chain) => ({ start, chain })),
    )
    const chosen = present(chains[this.draw(chains.length)], 'some way leads to the output')
    let at = chosen.start
    for (const { definition: step, adaptation } of chosen.chain) {
      const automatic = adaptation.resizes === true
      at = present(this.add(step, newSettings(step, automatic), [at], automatic ? width : null), 'adapters fit')
    }
    this.add(definition, {}, [at])
  }

  /** Returns the node's first output; null when it has none or the node cannot stand there. */
  add(
    definition: AnyNodeDefinition,
    settings: Record<string, unknown>,
    sources: readonly (Output | null)[],
    wanted: number | null = null,
  ): Output | null {
    // Letters in front, so that the order of ids is not the order of growth.
    const id = `${'qdmazkfx'[this.draw(8)]}${this.nodes.length}`
    const values = readSettings(definition, settings).values
    const ports = definition.ports(values, this.summary)
    let refused = false
    const mended = { ...settings }
    const shapes = definition.shapes({
      node: id,
      model: 'model-1',
      title: definition.title,
      settings: values,
      inputs: Object.fromEntries(
        ports.inputs.flatMap(({ name }, slot) => (sources[slot] ? [[name, sources[slot].shape]] : [])),
      ),
      data: this.summary,
      wanted: Object.fromEntries(ports.outputs.map(({ name }) => [name, wanted])),
      content: { shape: (_, shape) => shape, wants: (width) => width },
      problem: ({ fix }) => {
        refused = true
        for (const edit of fix?.edits ?? []) if (edit.kind === 'setSetting') mended[edit.setting] = edit.value
      },
    })
    // Settings that do not go with the shapes (heads, looking ahead) are mended as the node itself proposes; each only once.
    const isMended = Object.entries(mended).some(([key, value]) => settings[key] !== value)
    if (refused && isMended) return this.add(definition, mended, sources, wanted)
    if (refused || !shapes) return null
    this.nodes.push([id, { type: definition.type, settings, ...(this.draw(4) === 0 ? { name: `My ${id}` } : {}) }])
    for (const [slot, { name }] of ports.inputs.entries()) {
      const source = sources[slot]
      if (!source) continue
      const from = { node: source.node, port: source.port }
      this.wires.push([`${'wvc'[this.draw(3)]}${this.wires.length}`, { from, to: { node: id, port: name } }])
    }
    const made = ports.outputs.flatMap(({ name }) =>
      shapes[name] ? [{ node: id, port: name, shape: shapes[name] }] : [],
    )
    this.outputs.push(...made)
    return made[0] ?? null
  }

  finish(): RandomGraph {
    const empty = emptyDocument('Random')
    const model: Model = {
      id: 'model-1',
      name: 'Random',
      nodes: Object.fromEntries(this.nodes),
      wires: Object.fromEntries(this.wires),
    }
    const places = this.nodes.map(([id], index) => [id, { x: 216 * index, y: 96 * (index % 3) }])
    const layout = { 'model-1': { nodes: Object.fromEntries(places) } }
    return { document: { ...empty, models: [model], layout }, model: model.id, summary: this.summary }
  }
}

function drawSettings(definition: AnyNodeDefinition, draw: Draw): Record<string, unknown> {
  const entries = Object.entries(definition.settings).filter(() => draw(5) > 0)
  return Object.fromEntries(entries.map(([key, setting]) => [key, drawSetting(setting, draw)]))
}

/** A valid value; integers stay small, for tests run what they make. */
export function drawSetting(setting: Setting, draw: Draw): unknown {
  switch (setting.kind) {
    case 'integer':
      return Math.min(setting.maximum, setting.minimum + draw(11))
    case 'number':
      return setting.minimum + ((setting.maximum - setting.minimum) * draw(101)) / 100
    case 'fraction':
      return (setting.maximum * draw(11)) / 10
    case 'choice':
      return present(setting.options[draw(setting.options.length)], 'a choice has options').value
    case 'switch':
      return draw(2) === 1
    default:
      return assertNever(setting)
  }
}

/** The same document with the keys of its models in another order. */
export function shuffleKeys({ document, ...rest }: RandomGraph, draw: Draw): RandomGraph {
  const shuffled = <V>(record: Readonly<Record<string, V>>): Record<string, V> => {
    const entries = Object.entries(record)
    for (let last = entries.length - 1; last > 0; last--) {
      const other = draw(last + 1)
      const [a, b] = [entries[last], entries[other]]
      if (a && b) {
        entries[last] = b
        entries[other] = a
      }
    }
    return Object.fromEntries(entries)
  }
  const models = document.models.map((model) => ({
    ...model,
    nodes: shuffled(model.nodes),
    wires: shuffled(model.wires),
  }))
  return { document: { ...document, models }, ...rest }
}
