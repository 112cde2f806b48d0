import { create } from 'zustand'

/** Why a card is marked: it came or changed since a saved version, or a line of the plan under the pointer was made from it. */
export type Mark = 'added' | 'changed' | 'pointed'

interface Marks {
  /** By id of a node of the model on the canvas. Whoever marks takes the marks away again. */
  nodes: Readonly<Record<string, Mark>>
  /** The node that is pointed at from elsewhere; it shows before what else it is marked as. */
  pointed: string | null
}

const none: Marks = { nodes: {}, pointed: null }

/** Marks on cards that are neither selection nor part of the document. */
export const useMarks = create<Marks>()(() => none)

export function markNodes(nodes: Marks['nodes']): void {
  useMarks.setState({ nodes })
}

export function unmarkNodes(): void {
  if (useMarks.getState().nodes !== none.nodes) useMarks.setState({ nodes: none.nodes })
}

export function pointAt(node: string | null): void {
  if (useMarks.getState().pointed !== node) useMarks.setState({ pointed: node })
}

/** The mark of one card, if it has one. */
export function markOf(node: string): (marks: Marks) => Mark | undefined {
  return ({ nodes, pointed }) => (pointed === node ? 'pointed' : nodes[node])
}
