import type { DataSummary } from '../data/prepared'
import type { Diagnostic } from '../document/diagnostic'
import type { Model, UnrollDocument } from '../document/schema'
import { type Resolved, resolveBypassed } from './bypass'
import { explainBypassed, switchOn } from './bypassProblems'
import { diagnose, type Pass, type ReadGraph, type ShapedNode } from './graph'
import { readGraph } from './read'
import { inferShapes } from './shapes'
import { validate } from './validate'

/** The graph with everything that could be told of it, and all that is wrong, errors first. */
export interface CheckedGraph {
  graph: ReadGraph
  nodes: ReadonlyMap<string, ShapedNode>
  /** What was taken out before anything else looked at the graph. */
  bypass: Resolved
}

/** The passes over the user's graph, which both the window (on every edit) and the compiler begin with. */
export function checkGraph(document: UnrollDocument, model: Model, data: DataSummary | null): Pass<CheckedGraph> {
  const { value, problems } = runPasses(document, model, data)
  const explained = explainBypassed({ ...value, model, data }, problems, (nodes) => {
    return runPasses(document, switchOn(model, nodes), data).problems
  })
  return { value, problems: errorsFirst(explained) }
}

function runPasses(document: UnrollDocument, model: Model, data: DataSummary | null): Pass<CheckedGraph> {
  const bypass = resolveBypassed(model, data)
  const read = readGraph(bypass.model, data, model)
  const shapes = inferShapes(document, read.value)
  const { nodes } = shapes.value
  const missing = validate({ document, model, nodes, walls: read.value.walls, data })
  const problems = [...read.problems, ...shapes.problems, ...missing]
  return { value: { graph: read.value, nodes, bypass }, problems }
}

export function findModel(document: UnrollDocument, id: string): Model | null {
  return document.models.find((model) => model.id === id) ?? null
}

export function noModel(document: UnrollDocument, id: string): Diagnostic {
  const known = document.models.map((model) => model.id).join(', ')
  return diagnose(
    'error',
    'model.unknown',
    { kind: 'document' },
    `There is no model “${id}” in this document. It has: ${known}.`,
  )
}

function errorsFirst(problems: readonly Diagnostic[]): Diagnostic[] {
  const of = (severity: Diagnostic['severity']): Diagnostic[] => problems.filter((one) => one.severity === severity)
  return [...of('error'), ...of('warning')]
}
