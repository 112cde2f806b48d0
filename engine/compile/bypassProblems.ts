import type { DataSummary } from '../data/prepared'
import type { Diagnostic, Fix } from '../document/diagnostic'
import type { Model } from '../document/schema'
import { needsPhrase } from '../nodes/words'
import type { Resolved } from './bypass'
import { misfitOf, misfitSentence } from './fit'
import { nestingOf } from './frames'
import { capital, endTitle, inputKey, type ShapedNode } from './graph'
import { titleOf } from './titles'

interface Explaining {
  /** With its bypassed nodes. */
  model: Model
  nodes: ReadonlyMap<string, ShapedNode>
  bypass: Resolved
  data: DataSummary | null
}

/** The model with these nodes switched on again. */
export function switchOn(model: Model, ids: readonly string[]): Model {
  const nodes = { ...model.nodes }
  for (const id of ids) {
    const { bypassed: _, ...node } = nodes[id] ?? { type: '', settings: {} }
    nodes[id] = node
  }
  return { ...model, nodes }
}

/**
 * Says of problems that come of bypassed nodes that they do, and offers to switch these on again where that mends them.
 * @param problemsWith what would be wrong if these nodes were switched on
 */
export function explainBypassed(
  given: Explaining,
  problems: readonly Diagnostic[],
  problemsWith: (switchedOn: readonly string[]) => readonly Diagnostic[],
): Diagnostic[] {
  if (given.bypass.passing.size === 0) return [...problems]
  const asked = new Map<string, readonly Diagnostic[]>()
  const mends = ({ code, place }: Diagnostic, nodes: readonly string[]): boolean => {
    if (nodes.length === 0) return false
    const key = nodes.join(' ')
    const left = asked.get(key) ?? problemsWith(nodes)
    asked.set(key, left)
    const same = JSON.stringify([code, place])
    return left.every((other) => JSON.stringify([other.code, other.place]) !== same)
  }
  const emptied = new Set(
    problems.flatMap(({ code, place }) =>
      code === 'frame.straight' && place.kind === 'wire' && given.bypass.passed.has(place.wire)
        ? [given.model.wires[place.wire]?.to.node]
        : [],
    ),
  )
  return problems
    .filter(({ code, place }) => code !== 'frame.empty' || place.kind !== 'node' || !emptied.has(place.node))
    .map((problem) => explain(given, problem, (nodes) => mends(problem, nodes)))
}

function explain(given: Explaining, problem: Diagnostic, mends: (nodes: readonly string[]) => boolean): Diagnostic {
  const { model, bypass } = given
  const { place, code } = problem
  if (place.kind === 'wire') {
    const nodes = bypass.passed.get(place.wire) ?? []
    if (code !== 'frame.straight' || !mends(nodes)) return problem
    return switching(model, { ...problem, message: allBypassed(model, model.wires[place.wire]?.to.node ?? '') }, nodes)
  }
  if (code === 'frame.empty' && place.kind === 'node') {
    const nesting = nestingOf(model)
    const held = Object.keys(model.nodes).filter((id) => nesting.get(id) === place.node && model.nodes[id]?.bypassed)
    return mends(held) ? switching(model, { ...problem, message: allBypassed(model, place.node) }, held) : problem
  }
  if (place.kind !== 'port' || place.side !== 'input') return problem
  const silence = bypass.silent.get(inputKey(place.node, place.port))
  if (code === 'input.missing' && silence) return explainSilence(given, problem, place, silence, mends)
  const nodes = bypassedBefore(given, place).find(mends)
  if (!nodes) return problem
  const misfit = code.startsWith('shape.') ? misfitAt(given, place) : null
  if (misfit)
    return switching(model, { ...problem, message: `${misfit}, because ${areBypassed(model, nodes)}.` }, nodes)
  // A node's own complaint of what it gets together says what to do already.
  return problem.fix ? problem : switching(model, problem, nodes)
}

function allBypassed(model: Model, frame: string): string {
  return `All that ${titleOf(model, frame)} holds is bypassed, so there is nothing in it that could work.`
}

type PortPlace = Extract<Diagnostic['place'], { kind: 'port' }>

function explainSilence(
  { model, nodes, bypass }: Explaining,
  problem: Diagnostic,
  { node, port }: PortPlace,
  silence: { node: string; bypassed: readonly string[] },
  mends: (nodes: readonly string[]) => boolean,
): Diagnostic {
  const reader = nodes.get(node)
  if (!reader) return problem
  const title = endTitle(reader, port)
  if (mends(silence.bypassed)) {
    const message = `Nothing comes to ${title}, because ${areBypassed(model, silence.bypassed)} and passes on only what comes in at its main input.`
    return switching(model, { ...problem, message }, silence.bypassed)
  }
  const { frame } = reader.definition
  const spec = [...reader.inputs, ...(frame ? [frame.leave] : [])].find(({ name }) => name === port)
  const loose = titleOf(model, looseEnd(model, bypass, silence.node))
  const needs = spec ? ` Connect ${needsPhrase(spec.kinds)}.` : ''
  return {
    ...problem,
    message: `Nothing comes to ${title}, because nothing is connected to ${loose} before it.${needs}`,
  }
}

/** Of nodes that pass on to each other the first one, into which nothing comes. */
function looseEnd(model: Model, { passing }: Resolved, start: string): string {
  const seen = new Set<string>()
  let at = start
  while (!seen.has(at)) {
    seen.add(at)
    const input = passing.get(at)?.input.name
    const before = Object.values(model.wires).find(({ to }) => to.node === at && to.port === input)?.from.node
    if (before !== undefined && passing.has(before)) at = before
  }
  return at
}

/** More bypassed nodes before a mistake than this are not asked about. */
const MAX_ASKED = 6

/** Bypassed nodes that the wire into a port passes, together; then those that wires before it pass, the nearest first. */
function bypassedBefore({ nodes, bypass }: Explaining, { node, port }: PortPlace): (readonly string[])[] {
  const first = nodes.get(node)?.sources.get(port)
  const found: (readonly string[])[] = []
  const left = first ? [first] : []
  const seen = new Set<string>()
  for (let at = left.shift(); at && found.length < MAX_ASKED; at = left.shift()) {
    const passed = bypass.passed.get(at.wire)
    if (passed) found.push(passed)
    if (seen.has(at.node)) continue
    seen.add(at.node)
    left.push(...(nodes.get(at.node)?.sources.values() ?? []))
  }
  return found
}

/** "Classify needs one vector per example, but LSTM gives a sequence of 24 steps", without a full stop; null: it fits, as far as is known. */
function misfitAt({ nodes, data }: Explaining, { node, port }: PortPlace): string | null {
  const reader = nodes.get(node)
  const source = reader?.sources.get(port)
  const giver = source && nodes.get(source.node)
  if (!reader || !source || !giver || !data) return null
  const { frame } = reader.definition
  const spec = [...reader.inputs, ...(frame ? [frame.leave] : [])].find(({ name }) => name === port)
  const shape = giver.outputShapes?.[source.port] ?? giver.copies[0]?.enter
  if (!spec || !shape || misfitOf(spec, shape) === null) return null
  const to = { title: capital(endTitle(reader, port)), spec }
  const sentence = misfitSentence(to, { title: endTitle(giver, source.port), shape }, data)
  return sentence.slice(0, -1)
}

/** The problem with the offer to switch nodes on again, in its sentence too. */
function switching(model: Model, problem: Diagnostic, nodes: readonly string[]): Diagnostic {
  const label = `Switch ${named(model, nodes)} on again`
  const fix: Fix = { label, edits: [{ kind: 'setBypassed', model: model.id, nodes: [...nodes], bypassed: false }] }
  return { ...problem, message: `${problem.message} ${label}.`, fix }
}

function areBypassed(model: Model, nodes: readonly string[]): string {
  return `${named(model, nodes)} ${nodes.length === 1 ? 'is' : 'are'} bypassed`
}

/** The last of them first in the list, the first of them first in the sentence. */
function named(model: Model, nodes: readonly string[]): string {
  const titles = nodes.map((id) => titleOf(model, id)).reverse()
  return titles.length < 2 ? titles.join('') : `${titles.slice(0, -1).join(', ')} and ${titles.at(-1)}`
}
