import { isSame } from '../../engine/base/isSame'
import type { ModelAnalysis, NodeAnalysis } from '../../engine/compile/analyse'
import type { Diagnostic } from '../../engine/document/diagnostic'

/**
 * The new analysis with every part that holds the same as before being the very object of before, so that who shows a part sees by `===`
 * whether anything about it changed: the analysis of a node, a problem, the list of problems, all nodes, the whole.
 */
export function shareAnalysis(before: ModelAnalysis, after: ModelAnalysis): ModelAnalysis {
  const problems = shareProblems(before.problems, after.problems)
  const nodes = shareNodes(before.nodes, after.nodes)
  const isWhole =
    problems === before.problems &&
    nodes === before.nodes &&
    after.parameters === before.parameters &&
    after.flopsPerExample === before.flopsPerExample &&
    after.data === before.data
  return isWhole ? before : { ...after, problems, nodes }
}

type Nodes = ModelAnalysis['nodes']

function shareNodes(before: Nodes, after: Nodes): Nodes {
  const known = new Map(Object.entries(before))
  const shared = Object.entries(after).map(([id, node]): [string, NodeAnalysis] => {
    const old = known.get(id)
    return [id, old && isSameNode(old, node) ? old : node]
  })
  const ids = [...known.keys()]
  const isWhole =
    shared.length === ids.length && shared.every(([id, node], at) => id === ids[at] && node === known.get(id))
  return isWhole ? before : Object.fromEntries(shared)
}

function isSameNode(a: NodeAnalysis, b: NodeAnalysis): boolean {
  return (
    a.title === b.title &&
    a.description === b.description &&
    a.copies === b.copies &&
    a.parameters === b.parameters &&
    a.flopsPerExample === b.flopsPerExample &&
    isSame(a.inputs, b.inputs) &&
    isSame(a.outputs, b.outputs) &&
    isSame(a.inside, b.inside)
  )
}

function shareProblems(before: Diagnostic[], after: Diagnostic[]): Diagnostic[] {
  const known = new Map<string, Diagnostic[]>()
  for (const problem of before) {
    const alike = known.get(keyOf(problem))
    if (alike) alike.push(problem)
    else known.set(keyOf(problem), [problem])
  }
  const shared = after.map((problem) => known.get(keyOf(problem))?.find((old) => isSame(old, problem)) ?? problem)
  const isWhole = shared.length === before.length && shared.every((problem, at) => problem === before[at])
  return isWhole ? before : shared
}

/** Nearly one of a kind, so that of hundreds of problems each is compared with few. */
function keyOf({ code, place }: Diagnostic): string {
  const at = 'node' in place ? place.node : 'wire' in place ? place.wire : place.kind
  return `${code} ${at}`
}
