import { InternalError, present } from '../base/invariant'
import { chainsTo, newSettings } from '../compile/adapters'
import { analyseModel } from '../compile/analyse'
import { misfitOf } from '../compile/fit'
import type { DataSummary } from '../data/prepared'
import { emptyDocument } from '../document/create'
import type { GraphNode, Model, UnrollDocument, Wire } from '../document/schema'
import type { AnyNodeDefinition, Frame, PortShape, PortSpec } from '../nodes/defineNode'
import { nodeDefinitions } from '../nodes/index'
import type { SettingsSpec } from '../nodes/settings'
import { readSettings } from '../nodes/validate'
import { type Draw, drawSettings } from './draw'

/** A document of one model, and the data that it would read. */
export interface RandomGraph {
  document: UnrollDocument
  model: string
  summary: DataSummary
}

interface Output {
  node: string
  port: string
  shape: PortShape
}

/** Frames one in the other, at most. */
const MAX_FRAMES = 3
/** Copies that a frame makes, at most. */
const MAX_COPIES = 3
/** Fixes that a frame may need before it works, at most. */
const MAX_MENDS = 4

/** Types that stand between the data and the outputs. */
const inner = Object.values(nodeDefinitions).filter(({ isHead, count }) => !isHead && count !== 'exactlyOne')
const frames = inner.filter(({ frame }) => frame)
const plain = inner.filter(({ frame }) => !frame)

export class Growing {
  private readonly nodes: [string, GraphNode][]
  private readonly wires: [string, Wire][]
  private readonly outputs: Output[] = []

  /** @param around the graph that this one grows in, the frame that holds it, and what enters there */
  constructor(
    private readonly summary: DataSummary,
    private readonly draw: Draw,
    private readonly around: { graph: Growing; frame: string; depth: number; enter: Output } | null = null,
  ) {
    this.nodes = around?.graph.nodes ?? []
    this.wires = around?.graph.wires ?? []
    if (around) this.outputs.push(around.enter)
  }

  /** Adds a node of any type, one in six a frame, where one fits. */
  growAny(): void {
    const pool = this.draw(6) === 0 && (this.around?.depth ?? 0) < MAX_FRAMES ? frames : plain
    const definition = present(pool[this.draw(pool.length)], 'there are nodes')
    if (definition.frame) this.growFrame(definition, definition.frame)
    else this.grow(definition)
  }

  /** Adds a frame with some nodes in it, from its way in to its way out; where that comes to nothing nothing stays. */
  private growFrame(definition: AnyNodeDefinition, frame: Frame<SettingsSpec>): void {
    const fitting = this.outputs.filter(({ shape }) => misfitOf(frame.enter, shape) === null)
    const source = fitting[this.draw(Math.max(1, fitting.length))]
    if (!source) return
    const before = { nodes: this.nodes.length, wires: this.wires.length }
    const id = this.freshId()
    const settings = drawSettings(definition, this.draw)
    if (frame.countSetting) settings[frame.countSetting] = 1 + this.draw(MAX_COPIES)
    const { inputs, outputs } = definition.ports(readSettings(definition, settings).values, this.summary)
    const [input, output] = [present(inputs[0], 'a frame has a way in'), present(outputs[0], 'a frame has a way out')]
    this.nodes.push([id, { type: definition.type, settings, ...this.held() }])
    this.wire(source, { node: id, port: input.name })

    const enter = { node: id, port: frame.enter.name, shape: source.shape }
    const inside = new Growing(this.summary, this.draw, {
      graph: this,
      frame: id,
      depth: (this.around?.depth ?? 0) + 1,
      enter,
    })
    for (let more = this.draw(3); more >= 0; more--) inside.growAny()
    const leaving = inside.outputs.filter(({ node, shape }) => node !== id && misfitOf(frame.leave, shape) === null)
    const leaves = leaving[this.draw(Math.max(1, leaving.length))]
    if (leaves) this.wire(leaves, { node: id, port: frame.leave.name })
    const shape = leaves ? this.mendFrame(id, output.name, before.nodes) : null
    if (shape) {
      const bypassed = this.bypasses()
      if (bypassed) this.markBypassed(id)
      this.outputs.push({ node: id, port: output.name, shape: bypassed ? source.shape : shape })
      return
    }
    this.nodes.length = before.nodes
    this.wires.length = before.wires
  }

  /**
   * Shape that leaves a frame once settings in it are as the compiler proposes; null where that does not help.
   * @param first index of the frame among the nodes; what it holds comes behind
   */
  private mendFrame(id: string, port: string, first: number): PortShape | null {
    const own = new Map(this.nodes.slice(first).map((entry) => [entry[0], entry]))
    for (let mends = 0; mends <= MAX_MENDS; mends++) {
      const { document, model } = this.finish()
      const { problems, nodes } = analyseModel(document, model, this.summary)
      const wrong = problems.find(
        ({ severity, place }) => severity === 'error' && 'node' in place && own.has(place.node),
      )
      if (!wrong) return nodes[id]?.outputs[port] ?? null
      const edits = wrong.fix?.edits ?? []
      if (edits.length === 0) return null
      for (const edit of edits) {
        const entry = edit.kind === 'setSetting' ? own.get(edit.node) : undefined
        if (edit.kind !== 'setSetting' || !entry) return null
        const [, node] = entry
        entry[1] = { ...node, settings: { ...node.settings, [edit.setting]: edit.value } }
      }
    }
    return null
  }

  /** What sums up a whole text may be no beginning where the next symbol is to be foretold. */
  private mayEnter({ required }: PortSpec, { kind }: PortShape): boolean {
    return required !== false || kind !== 'vector' || this.summary.target.kind !== 'symbol'
  }

  private held(): { parent?: string } {
    return this.around ? { parent: this.around.frame } : {}
  }

  private freshId(): string {
    // Letters in front, so that the order of ids is not the order of growth.
    return `${'qdmazkfx'[this.draw(8)]}${this.nodes.length}`
  }

  private wire({ node, port }: Output, to: { node: string; port: string }): void {
    this.wires.push([`${'wvc'[this.draw(3)]}${this.wires.length}`, { from: { node, port }, to }])
  }

  /** Adds a node of this type if something fits all inputs that it needs; the others take what fits them. */
  grow(definition: AnyNodeDefinition): void {
    const settings = drawSettings(definition, this.draw)
    const { inputs } = definition.ports(readSettings(definition, settings).values, this.summary)
    const sources: (Output | null)[] = []
    for (const spec of inputs) {
      const fitting = this.outputs.filter(({ shape }) => misfitOf(spec, shape) === null && this.mayEnter(spec, shape))
      const source = fitting[this.draw(Math.max(1, fitting.length))] ?? null
      if (!source && spec.required !== false) return
      sources.push(source)
    }
    const made = this.add(definition, settings, sources)
    if (made === null || !this.bypasses()) return
    // What its first main input gets goes on from its first output; the others give nothing.
    const main = inputs.findIndex(({ required }, slot) => required !== false && sources[slot])
    const passed = sources[main]
    const others = this.outputs.filter(({ node }) => node !== made.node)
    if (!passed) return
    this.markBypassed(made.node)
    this.outputs.splice(0, this.outputs.length, ...others, { ...made, shape: passed.shape })
  }

  /** One node in nine. */
  private bypasses(): boolean {
    return this.draw(9) === 0
  }

  private markBypassed(id: string): void {
    const entry = this.nodes.find(([node]) => node === id)
    if (entry) entry[1] = { ...entry[1], bypassed: true }
  }

  /** Adds an output node and what leads to it: a Dense that takes the width it wants, and before that what the kind asks for. */
  end(definition: AnyNodeDefinition): void {
    const settings = drawSettings(definition, this.draw)
    const values = readSettings(definition, settings).values
    const spec = present(definition.ports(values, this.summary).inputs[0], 'an output has an input')
    // An output that takes any width has weights of its own.
    const takesAny = spec.features === undefined
    const width = spec.features?.count ?? 1
    const other: PortShape['kind'][] = spec.kinds.filter((kind) => kind !== 'tokens')
    const chains = this.outputs.flatMap((start) => {
      if (takesAny) {
        if (misfitOf(spec, start.shape) === null) return [{ start, chain: [] }]
        return chainsTo(start.shape, spec).map((chain) => ({ start, chain }))
      }
      // Asking for a width that is not there brings in a node with weights, so that there is something to learn.
      return chainsTo(start.shape.kind === 'tokens' ? start.shape : { ...start.shape, features: width + 1 }, {
        ...spec,
        kinds: other,
        features: { count: width, meaning: 'random' },
      }).map((chain) => ({ start, chain }))
    })
    const chosen = present(chains[this.draw(chains.length)], 'some way leads to the output')
    let at = chosen.start
    for (const { definition: step, adaptation } of chosen.chain) {
      const automatic = adaptation.resizes === true
      at = present(this.add(step, newSettings(step, automatic), [at], automatic ? width : null), 'adapters fit')
    }
    this.add(definition, settings, [at])
  }

  /** Returns the node's first output; null when it has none or the node cannot stand there. */
  add(
    definition: AnyNodeDefinition,
    settings: Record<string, unknown>,
    sources: readonly (Output | null)[],
    wanted: number | null = null,
  ): Output | null {
    const id = this.freshId()
    const values = readSettings(definition, settings).values
    const ports = definition.ports(values, this.summary)
    // Ports may follow from settings, which a mend has changed.
    const unfit = (slot: number, source: Output | null | undefined): boolean => {
      const spec = ports.inputs[slot]
      return spec !== undefined && source !== undefined && source !== null && misfitOf(spec, source.shape) !== null
    }
    if (sources.some((source, slot) => unfit(slot, source))) return null
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
      lent: [],
      content: { shape: noContent, wants: noContent },
      problem: ({ fix }) => {
        refused = true
        for (const edit of fix?.edits ?? []) if (edit.kind === 'setSetting') mended[edit.setting] = edit.value
      },
    })
    // Settings that do not go with the shapes (heads, looking ahead) are mended as the node itself proposes; each only once.
    const isMended = Object.entries(mended).some(([key, value]) => settings[key] !== value)
    if (refused && isMended) return this.add(definition, mended, sources, wanted)
    if (refused || !shapes) return null
    const name = this.draw(4) === 0 ? { name: `My ${id}` } : {}
    this.nodes.push([id, { type: definition.type, settings, ...name, ...this.held() }])
    for (const [slot, { name }] of ports.inputs.entries()) {
      const source = sources[slot]
      if (source) this.wire(source, { node: id, port: name })
    }
    const made = ports.outputs.flatMap(({ name }) =>
      shapes[name] ? [{ node: id, port: name, shape: shapes[name] }] : [],
    )
    this.outputs.push(...made)
    return made[0] ?? null
  }

  /** Switches on sharing of weights where a lender fits: only the whole graph knows what stands before a node. */
  shareWeights(): void {
    if (this.summary.input.kind !== 'tokens') return
    for (const entry of this.nodes) {
      const [, node] = entry
      if (nodeDefinitions[node.type]?.settings.shared?.kind !== 'switch' || this.draw(4) === 0) continue
      entry[1] = { ...node, settings: { ...node.settings, shared: true } }
      const { document, model, summary } = this.finish()
      if (analyseModel(document, model, summary).problems.some(({ severity }) => severity === 'error')) entry[1] = node
    }
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

function noContent(): never {
  throw new InternalError('frames grow by a way of their own')
}
