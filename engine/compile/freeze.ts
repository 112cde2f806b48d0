import type { Diagnostic } from '../document/diagnostic'
import type { GraphNode, Model } from '../document/schema'
import type { Program } from '../ir/program'
import { diagnose } from './graph'

/** Is the node frozen, or a frame around it? */
export function isFrozen(model: Model, id: string): boolean {
  const seen = new Set<string>()
  let at: string | undefined = id
  while (at !== undefined && Object.hasOwn(model.nodes, at) && !seen.has(at)) {
    seen.add(at)
    const node: GraphNode | undefined = model.nodes[at]
    if (node?.frozen === true) return true
    at = node?.parent
  }
  return false
}

/** Marks the parameters of frozen nodes and puts them behind the others, so that what training moves is one block. */
export function freezeParameters(program: Program, model: Model): Program {
  const frozen = program.parameters.filter(({ node }) => isFrozen(model, node))
  if (frozen.length === 0) return program
  const trained = program.parameters.filter((parameter) => !frozen.includes(parameter))
  return {
    ...program,
    parameters: [...trained, ...frozen.map((parameter) => ({ ...parameter, frozen: true as const }))],
  }
}

/** @param ids of the nodes that have weights; null when one of them is trained, or there are none */
export function everythingFrozen(model: Model, ids: readonly string[]): Diagnostic | null {
  if (ids.length === 0 || !ids.every((id) => isFrozen(model, id))) return null
  const frozen = Object.keys(model.nodes).filter((id) => model.nodes[id]?.frozen === true)
  return diagnose(
    'error',
    'model.allFrozen',
    { kind: 'model', model: model.id },
    'Every node with weights is frozen, so training would change nothing. Switch Frozen off in at least one of them.',
    {
      label: 'Let all nodes learn',
      edits: frozen.map((node) => ({ kind: 'setFrozen' as const, model: model.id, node, frozen: false })),
    },
  )
}
