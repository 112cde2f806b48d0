import { present } from '../base/invariant'
import type { DataSummary } from '../data/prepared'
import type { Diagnostic, Fix } from '../document/diagnostic'
import type { UnrollDocument } from '../document/schema'
import {
  AUTOMATIC_UNSETTLED,
  type ContentShapes,
  type LentWeight,
  type PortShape,
  type PortSpec,
} from '../nodes/defineNode'
import { formatCount, plural } from '../nodes/words'
import { chainLabel, chainsTo, insertChain, widthGivesWay } from './adapters'
import { misfitOf, misfitSentence } from './fit'
import {
  capital,
  diagnose,
  type End,
  endTitle,
  type Pass,
  type ReadGraph,
  type ReadNode,
  type ShapedContent,
  type ShapedNode,
  severityOf,
} from './graph'
import { keepShapes } from './keepShapes'

/** Numbers at one time step, at most: wider ones come of doubling again and again. */
const MAX_FEATURES = 1_000_000

/** Shapes of every node, as far as they can be told; `data` null: nothing read yet, so nothing can. */
export interface ShapeResult {
  /** All nodes in graph order; those in frames as their first copy carries them. */
  nodes: ReadonlyMap<string, ShapedNode>
}

/**
 * Second pass: from the outputs back, how wide each automatic size must be; then from the data forwards, what every port carries; in
 * frames once for each copy that carries something new. A wire that does not fit is reported where it arrives; what hangs on a
 * broken node stays unknown without a word, for one mistake should give one sentence.
 */
export function inferShapes(document: UnrollDocument, graph: ReadGraph): Pass<ShapeResult> {
  const { data } = graph
  const shaped = data === null ? null : new Shaping(document, graph, data)
  const outside = shaped?.content(null, null, null)
  const nodes = new Map<string, ShapedNode>()
  const collect = (level: string | null, known: ReadonlyMap<string, ShapedNode> | undefined): void => {
    for (const node of graph.levels.get(level) ?? []) {
      const found = known?.get(node.id) ?? { ...node, inputShapes: {}, outputShapes: null, lent: [], copies: [] }
      nodes.set(node.id, found)
      collect(node.id, found.copies[0]?.nodes)
    }
  }
  collect(null, outside?.nodes)
  // Of frames whose type nobody knows.
  for (const level of graph.levels.keys()) if (level !== null && !nodes.has(level)) collect(level, undefined)
  return { value: { nodes }, problems: shaped?.problems ?? [] }
}

type Widths = Readonly<Record<string, number | null>>

/** What a frame holds as one copy carries it; outside all frames nothing enters. */
type Content = Omit<ShapedContent, 'enter'> & { enter: PortShape | null }

class Shaping {
  readonly problems: Diagnostic[] = []
  private readonly told = new Set<string>()
  private readonly widths = new Map<string, { ofOutputs: ReadonlyMap<string, Widths>; enter: number | null }>()
  private readonly contents = new Map<string, Content>()
  /** Which copies of which frames are being shaped, from the outermost in: the beginning of a sentence. */
  private readonly within: string[] = []

  constructor(
    private readonly document: UnrollDocument,
    private readonly graph: ReadGraph,
    private readonly data: DataSummary,
  ) {}

  /**
   * What a frame holds (null: what lies in none) when `enter` comes in and `wanted` features are wanted of what leaves. Asked again for
   * the same it answers with the same.
   */
  content(frame: string | null, enter: PortShape | null, wanted: number | null): Content {
    const key = JSON.stringify([frame, enter, wanted])
    const known = this.contents.get(key)
    if (known) return known
    const done = new Map<string, ShapedNode>()
    const carried = (end: End): PortShape | undefined =>
      end.node === frame ? (enter ?? undefined) : done.get(end.node)?.outputShapes?.[end.port]
    const { ofOutputs } = this.wantedWidths(frame, wanted)
    for (const node of this.graph.levels.get(frame) ?? []) {
      const lent = frame === null ? lentTo(node, done) : []
      done.set(node.id, this.shapeNode(node, carried, ofOutputs.get(node.id) ?? {}, lent))
    }
    const holder = frame === null ? undefined : this.graph.nodes.get(frame)
    const content = { nodes: done, enter, leave: holder ? this.leaving(holder, carried) : null }
    this.contents.set(key, content)
    return content
  }

  /** What the consumers of each node's outputs want; where they disagree the first one is heard and the others complain. */
  private wantedWidths(frame: string | null, leave: number | null) {
    const key = JSON.stringify([frame, leave])
    const known = this.widths.get(key)
    if (known) return known
    const ofOutputs = new Map<string, Widths>()
    const ofInputs = new Map<string, (port: string) => number | null>()
    const wish = (ends: readonly End[] | undefined): number | null => {
      const wishes = (ends ?? []).map(({ node, port }) =>
        node === frame ? leave : (ofInputs.get(node)?.(port) ?? null),
      )
      return wishes.find((width) => width !== null) ?? null
    }
    for (const node of (this.graph.levels.get(frame) ?? []).toReversed()) {
      const outputs = Object.fromEntries(node.outputs.map(({ name }) => [name, wish(node.consumers.get(name))]))
      ofOutputs.set(node.id, outputs)
      const wants = node.definition.wants?.(node.settings, this.data, outputs, this.contentRules(node, []))
      ofInputs.set(node.id, (port) => {
        const own = node.inputs.find(({ name }) => name === port)?.features?.count
        return own ?? wants?.[port] ?? null
      })
    }
    const holder = frame === null ? undefined : this.graph.nodes.get(frame)
    const enter = holder?.definition.frame ? wish(holder.consumers.get(holder.definition.frame.enter.name)) : null
    const found = { ofOutputs, enter }
    this.widths.set(key, found)
    return found
  }

  private shapeNode(node: ReadNode, carried: Carried, wanted: Widths, lent: readonly LentWeight[]): ShapedNode {
    const arriving: [string, PortShape][] = []
    for (const spec of node.inputs) {
      const shape = this.arriving(node, spec, carried)
      if (shape) arriving.push([spec.name, shape])
    }
    const inputShapes = Object.fromEntries(arriving)
    const complete = node.inputs.every(({ name, required }) => required === false || Object.hasOwn(inputShapes, name))
    const copies: ShapedContent[] = []
    const outputShapes = complete ? this.outputsOf(node, inputShapes, wanted, lent, copies) : null
    const shapes = keepShapes(node.settings, { inputShapes, outputShapes })
    const { id, title, node: own, definition, settings, inputs, outputs, parent, sources, consumers, read, used } = node
    // Every field by name: see readGraph.
    return {
      id,
      title,
      node: own,
      definition,
      settings,
      inputs,
      outputs,
      parent,
      sources,
      consumers,
      read,
      used,
      inputShapes: shapes.inputShapes,
      outputShapes: shapes.outputShapes,
      lent,
      copies,
    }
  }

  /** What goes out of a frame; null where nothing does that is known and fits. */
  private leaving(holder: ReadNode, carried: Carried): PortShape | null {
    const { frame } = holder.definition
    return (frame && this.arriving(holder, frame.leave, carried)) ?? null
  }

  /** The shape that arrives at an input, if it fits. */
  private arriving(node: ReadNode, spec: PortSpec, carried: Carried): PortShape | null {
    const source = node.sources.get(spec.name)
    const shape = source && carried(source)
    const from = source && this.graph.nodes.get(source.node)
    if (!source || !shape || !from) return null
    if (misfitOf(spec, shape) === null) return shape
    this.tell(
      misfitProblem(this.document, this.graph, this.data, { node, spec }, { node: from, port: source.port, shape }),
    )
    return null
  }

  /** What a frame's rules ask of what it holds; `copies` takes what was found out. */
  private contentRules(node: ReadNode, copies: ShapedContent[]): ContentShapes {
    const { frame } = node.definition
    return {
      wants: (wanted) => (this.graph.fits ? this.wantedWidths(node.id, wanted).enter : null),
      shape: (copy, shape, wanted) => {
        const label = present(frame?.copies(node.settings)[copy], `${node.id} has no copy ${copy}`).label
        if (!this.graph.fits) return null
        this.within.push(copy === 0 ? '' : `${capital(label)} of ${node.title}: `)
        const content = this.content(node.id, shape, wanted)
        this.within.pop()
        copies[copy] = { ...content, enter: shape }
        return content.leave
      },
    }
  }

  /** Shapes that leave a node; null after it told of a problem of its own. */
  private outputsOf(
    node: ReadNode,
    inputs: Record<string, PortShape>,
    wanted: Widths,
    lent: readonly LentWeight[],
    copies: ShapedContent[],
  ): Record<string, PortShape> | null {
    const { graph, data } = this
    let refused = false
    const shapes = node.definition.shapes({
      node: node.id,
      model: graph.model.id,
      title: node.title,
      settings: node.settings,
      inputs,
      data,
      wanted,
      lent,
      content: this.contentRules(node, copies),
      problem: ({ code, message, setting, port, fix }) => {
        refused = true
        // That a loose end leads nowhere, or that an output is missing, is said already; this only follows from it.
        if (!node.used || (code === AUTOMATIC_UNSETTLED && !hasOutput(graph, data))) return
        const at = { model: graph.model.id, node: node.id }
        const place =
          port === undefined
            ? { kind: 'node' as const, ...at, ...(setting === undefined ? {} : { setting }) }
            : { kind: 'port' as const, ...at, port, side: 'input' as const }
        this.tell(diagnose(severityOf(node), code, place, message, fix ?? null))
      },
    })
    if (refused || shapes === null) return null
    for (const { name } of node.outputs) {
      const shape = present(shapes[name], `${node.definition.type} gives no shape for ${name}`)
      if (shape.kind === 'tokens' || shape.features <= MAX_FEATURES) continue
      this.tell(tooWide(graph.model.id, node, shape.features))
      return null
    }
    return { ...shapes }
  }

  /** Each mistake once, however many copies make it. */
  private tell(problem: Diagnostic): void {
    const key = JSON.stringify([problem.code, problem.place])
    if (this.told.has(key)) return
    this.told.add(key)
    this.problems.push({ ...problem, message: this.within.join('') + problem.message })
  }
}

/** What nodes from which wires lead to this one lend, in graph order: what its sources were lent, and what they lend themselves. */
function lentTo(node: ReadNode, done: ReadonlyMap<string, ShapedNode>): readonly LentWeight[] {
  let lent: readonly LentWeight[] = []
  for (const source of node.sources.values()) {
    const from = done.get(source.node)
    if (!from) continue
    const more = handedOn(from)
    if (lent.length === 0 || more === lent) lent = more
    else lent = [...lent, ...more.filter((weight) => !lent.some((known) => known.node === weight.node))]
  }
  if (lent.length < 2) return lent
  const place = new Map([...done.keys()].map((id, index) => [id, index]))
  return lent.toSorted((a, b) => (place.get(a.node) ?? 0) - (place.get(b.node) ?? 0))
}

/** A node's own weight behind those that it was lent. */
function handedOn({
  id,
  title,
  definition,
  settings,
  inputShapes,
  outputShapes,
  lent,
}: ShapedNode): readonly LentWeight[] {
  if (!definition.lends || outputShapes === null) return lent
  return [...lent, { node: id, title, ...definition.lends(settings, inputShapes) }]
}

type Carried = (end: End) => PortShape | undefined

function tooWide(model: string, node: ReadNode, features: number): Diagnostic {
  return diagnose(
    severityOf(node),
    'shape.tooWide',
    { kind: 'node', model, node: node.id },
    `${node.title} would give ${plural(features, 'number')} at once; ${formatCount(MAX_FEATURES)} is the most. Make it, or what comes before it, narrower.`,
  )
}

function misfitProblem(
  document: UnrollDocument,
  { model }: ReadGraph,
  data: DataSummary,
  to: { node: ReadNode; spec: PortSpec },
  from: { node: ReadNode; port: string; shape: PortShape },
): Diagnostic {
  const kind = misfitOf(to.spec, from.shape)
  const sentence = misfitSentence(
    { title: capital(endTitle(to.node, to.spec.name)), spec: to.spec },
    { title: endTitle(from.node, from.port), shape: from.shape },
    data,
  )
  const place = { kind: 'port', model: model.id, node: to.node.id, port: to.spec.name, side: 'input' } as const
  const code = kind === 'kind' ? 'shape.kind' : 'shape.features'
  const say = (advice: string, fix: Fix | null): Diagnostic =>
    diagnose(severityOf(to.node), code, place, `${sentence} ${advice}`, fix)

  const others = (from.node.consumers.get(from.port)?.length ?? 0) - 1
  const easier = kind === 'features' ? widthGivesWay(model, from.node, others) : null
  if (easier) return say(`${easier.label}.`, easier)
  const chain = chainsTo(from.shape, to.spec)[0]
  if (!chain) return say(`Connect another node to ${endTitle(to.node, to.spec.name)}.`, null)
  const label = chainLabel(chain)
  const ends = [
    { node: from.node.id, port: from.port },
    { node: to.node.id, port: to.spec.name },
  ] as const
  return say(`${label} between them.`, { label, edits: insertChain(document, model, ...ends, chain) })
}

function hasOutput({ nodes }: ReadGraph, data: DataSummary): boolean {
  return [...nodes.values()].some(({ definition }) => definition.isHead && definition.target === data.target.kind)
}
