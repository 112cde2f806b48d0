import { freshWireId } from '../document/create'
import type { Act } from '../document/edits'
import type { Model, UnrollDocument } from '../document/schema'
import type { PortKind, PortShape, PortSpec } from '../nodes/defineNode'
import { needsPhrase } from '../nodes/words'
import { chainLabel, chainsTo, insertChain, widthGivesWay } from './adapters'
import type { ModelAnalysis } from './analyse'
import { readersThrough } from './bypass'
import { readersOf, wireInto } from './ends'
import { misfitOf, misfitSentence } from './fit'
import { nestingOf } from './frames'
import { capital, type End, endTitle, type NodeFacts } from './graph'
import { ancestors } from './reach'
import { nodeFacts } from './read'
import { insideOf, routeThroughWalls } from './route'
import { wallSentence } from './wires'

export type Connection = { ok: true } | { ok: false; message: string; adapters: Act[] }

/** What is offered for a wire that a frame's wall stops. */
const THROUGH = 'Lead it through the frame’s ways in and out'

/** More offers than this are no help. */
const MAX_ADAPTERS = 4

/**
 * May a wire lead from an output to an input? If not: why, in a sentence, and what could be put between with one click (each act
 * makes the whole connection). Cheap enough to be asked for every socket while a wire is drawn.
 */
export function canConnect(
  document: UnrollDocument,
  modelId: string,
  from: End,
  to: End,
  analysis: ModelAnalysis,
): Connection {
  const model = document.models.find(({ id }) => id === modelId)
  const factsOf = (id: string): NodeFacts | null => (model ? nodeFacts(model, id, analysis.data) : null)
  const source = factsOf(from.node)
  const target = factsOf(to.node)
  if (!model || !source || !target) {
    return refuse('This version of Unroll does not know one of these nodes, so it cannot say what fits it.')
  }
  const output = sideOf(source, 'outputs').find(({ name }) => name === from.port)
  const input = sideOf(target, 'inputs').find(({ name }) => name === to.port)
  if (!output) return refuse(`${source.title} has no such output.`)
  if (!input) return refuse(`${target.title} has no such input.`)
  const nesting = nestingOf(model)
  const [begins] = insideOf(factsOf, nesting, from, 'enter')
  const [ends] = insideOf(factsOf, nesting, to, 'leave')
  if (source.id === target.id && begins === ends) {
    if (begins === source.id) return refuse(`Between its way in and its way out ${source.title} needs something to do.`)
    return refuse(`${source.title} cannot be its own input.`)
  }
  if (begins !== ends) {
    const wall = wallSentence(model, nesting, { from: begins ?? null, to: ends ?? null })
    const edits = routeThroughWalls(model, nesting, factsOf, from, to)
    const message = `${wall} Lead it through the way in or out of the frame.`
    return { ok: false, message, adapters: edits ? [{ label: THROUGH, edits }] : [] }
  }
  const inner = output === source.definition.frame?.enter || input === target.definition.frame?.leave
  if (!inner && ancestors(model, source.id).has(target.id)) {
    return refuse(`${target.title} already leads to ${source.title}: this wire would close a circle.`)
  }
  const shape = carriedShape(analysis, from)
  const kinds = shape ? [shape.kind] : carriedKinds(model, analysis, source, output)
  const fits = (spec: PortSpec): boolean =>
    shape ? misfitOf(spec, shape) === null : kinds.some((kind) => spec.kinds.includes(kind))
  const readers = [{ facts: target, port: to.port, spec: input }, ...readersBehind(model, to, analysis.data)]
  const misfit = readers.find(({ spec }) => !fits(spec))
  if (!misfit) return { ok: true }
  const [sourceTitle, readerTitle] = [endTitle(source, from.port), capital(endTitle(misfit.facts, misfit.port))]
  if (!shape) {
    const needs = needsPhrase(misfit.spec.kinds)
    return refuse(`${readerTitle} needs ${needs}, but ${sourceTitle} gives ${needsPhrase(kinds)}.`)
  }
  const time = analysis.data ?? { maximumSteps: 1, variableLength: true, stepWord: 'step' }
  const message = misfitSentence({ title: readerTitle, spec: misfit.spec }, { title: sourceTitle, shape }, time)
  const others = readersOf(model, from).filter((end) => end.node !== to.node || end.port !== to.port).length
  const adapters = adaptersFor(document, model, analysis, { source, from, shape, others }, { to, input: misfit.spec })
  return { ok: false, message, adapters }
}

/** The ports of one side, those inside a frame too. */
function sideOf(facts: NodeFacts, side: 'inputs' | 'outputs'): readonly PortSpec[] {
  const { frame } = facts.definition
  if (!frame) return facts[side]
  return [...facts[side], side === 'inputs' ? frame.leave : frame.enter]
}

/** Who reads on behind a target that only passes on, with the ports that read. */
function readersBehind(model: Model, to: End, data: ModelAnalysis['data']) {
  return readersThrough(model, to, data).flatMap(({ node, port }) => {
    const facts = node === to.node ? null : nodeFacts(model, node, data)
    const spec = facts && sideOf(facts, 'inputs').find(({ name }) => name === port)
    return facts && spec ? [{ facts, port, spec }] : []
  })
}

function refuse(message: string): Connection {
  return { ok: false, message, adapters: [] }
}

/** Ways to make the connection after all: let the source's own size give way, or put nodes between. */
function adaptersFor(
  document: UnrollDocument,
  model: Model,
  analysis: ModelAnalysis,
  { source, from, shape, others }: { source: NodeFacts; from: End; shape: PortShape; others: number },
  { to, input }: { to: End; input: PortSpec },
): Act[] {
  const acts: Act[] = []
  const easier = misfitOf(input, shape) === 'features' ? widthGivesWay(model, source, others) : null
  if (easier) {
    const wire = {
      kind: 'connect',
      model: model.id,
      wire: freshWireId(model),
      from: { ...from },
      to: { ...to },
    } as const
    acts.push({ label: easier.label, edits: [...easier.edits, wire] })
  }
  const target = analysis.data?.target.kind ?? null
  const wantsSteps = shape.kind === 'vector' && !input.kinds.includes('vector')
  const every = wantsSteps ? everyStep(document, model, analysis, source, { to, input }) : null
  if (every) acts.push(every)
  for (const chain of chainsTo(shape, input, target)) {
    acts.push({ label: chainLabel(chain), edits: insertChain(document, model, from, to, chain) })
  }
  return acts.slice(0, MAX_ADAPTERS)
}

/**
 * Where a node blends the steps of a sequence into one vector but each step is wanted: the sequence itself, from before that node.
 * Null: the source is no such node, or what comes into it does not lead there either.
 */
function everyStep(
  document: UnrollDocument,
  model: Model,
  analysis: ModelAnalysis,
  source: NodeFacts,
  { to, input }: { to: End; input: PortSpec },
): Act | null {
  const [port] = source.inputs
  const blends = source.definition.adapts?.some((one) => one.from === 'sequence' && one.to === 'vector') ?? false
  const from = port && blends ? wireInto(model, { node: source.id, port: port.name })?.from : undefined
  const facts = from && nodeFacts(model, from.node, analysis.data)
  const shape = from && carriedShape(analysis, from)
  if (!from || !facts || shape?.kind !== 'sequence') return null
  const fits = misfitOf(input, shape) === null
  const chain = fits ? [] : chainsTo(shape, input, analysis.data?.target.kind ?? null)[0]
  if (!chain) return null
  const wire = { kind: 'connect', model: model.id, wire: freshWireId(model), from: { ...from }, to: { ...to } } as const
  const edits = fits ? [wire] : insertChain(document, model, from, to, chain)
  const added = fits ? '' : `, a${chainLabel(chain).slice(1)}`
  return { label: `Take every step of ${endTitle(facts, from.port)}${added}`, edits }
}

/** What a wire carries that begins at `from`, at a frame's way in too; null while it is not known. */
export function carriedShape({ nodes }: ModelAnalysis, from: End): PortShape | null {
  const node = Object.hasOwn(nodes, from.node) ? nodes[from.node] : undefined
  const shapes = { ...node?.inside, ...node?.outputs }
  return Object.hasOwn(shapes, from.port) ? (shapes[from.port] ?? null) : null
}

/**
 * What may flow out of a port whose shape is not known yet (a Dense that waits for its size, data that are not read): what the
 * port allows, narrowed by what flows in where an output is of the same kinds as an input.
 */
function carriedKinds(model: Model, analysis: ModelAnalysis, node: NodeFacts, output: PortSpec): readonly PortKind[] {
  let kinds = output.kinds
  let at = node
  const seen = new Set<string>()
  while (kinds.length > 1 && !seen.has(at.id)) {
    seen.add(at.id)
    const twin = at.inputs.find((input) => input.kinds.join() === kinds.join())
    const wire = twin && wireInto(model, { node: at.id, port: twin.name })
    const before = wire && nodeFacts(model, wire.from.node, analysis.data)
    const port = before?.outputs.find(({ name }) => name === wire?.from.port)
    if (!wire || !before || !port) break
    const shape = carriedShape(analysis, wire.from)
    const flowing = shape ? [shape.kind] : port.kinds
    const narrowed = kinds.filter((kind) => flowing.includes(kind))
    if (narrowed.length === 0) break
    kinds = narrowed
    at = before
  }
  return kinds
}
