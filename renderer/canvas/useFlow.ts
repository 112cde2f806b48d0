import type { NodeChange } from '@xyflow/react'
import { type RefObject, useCallback, useMemo, useRef, useState } from 'react'
import { nestingOf } from '../../engine/compile/frames'
import type { Position } from '../../engine/document/layoutSchema'
import { activeAnalysisOf, activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { cardSizes } from './cardSizes'
import { wireForExisting } from './dropTargets'
import { currentContext } from './editing'
import { type CardNode, createFlow, withDragged } from './flow'
import { inMotion } from './motion'
import { draggedRectangle, frameUnder, settleDrag } from './settleDrag'
import { canvasView } from './view'

type Positions = ReadonlyMap<string, Position>
type Sizes = ReadonlyMap<string, { width: number; height: number }>
const none: Positions = new Map()
const noSizes: Sizes = new Map()
const noPositions: Readonly<Record<string, Position>> = {}

/** The cards and wires of the model on the canvas, and React Flow's answers: selection, sizes and dragging. */
export function useFlow(canvas: RefObject<HTMLElement | null>) {
  const model = useDocument(activeModelOf)
  const analysis = useDocument(activeAnalysisOf)
  const summary = useDocument((state) => state.summary)
  const dataProblems = useDocument((state) => state.dataProblems)
  const batchSize = useDocument((state) => state.document.training.batchSize)
  const layout = useDocument((state) => state.document.layout[state.activeModel]?.nodes ?? noPositions)
  const selectedNodes = useSelection((selection) => selection.nodes)
  const selectedWires = useSelection((selection) => selection.wires)
  const [dragged, setDragged] = useState<Positions>(none)
  const [sizes, setSizes] = useState<Sizes>(new Map())
  const [resized, setResized] = useState<Sizes>(noSizes)
  const [build] = useState(createFlow)

  const flow = useMemo(
    () =>
      build({
        model,
        analysis,
        summary,
        dataProblems,
        batchSize,
        positions: layout,
        sizes,
        selectedNodes: new Set(selectedNodes),
        selectedWires: new Set(selectedWires),
      }),
    [build, model, analysis, summary, dataProblems, batchSize, layout, sizes, selectedNodes, selectedWires],
  )

  const nodes = useMemo(() => withDragged(flow.nodes, dragged, resized), [flow, dragged, resized])

  const draggedNow = useRef(dragged)
  draggedNow.current = dragged
  const onNodesChange = useCallback((changes: NodeChange<CardNode>[]) => {
    selectNodes(changes)
    const moved = movedBy(changes)
    if (moved.size > 0) setDragged((old) => new Map([...old, ...moved]))
    const sizing = resizedBy(changes)
    if (sizing) setResized(sizing)
    const measured = measuredBy(changes)
    if (measured.size > 0) setSizes((old) => new Map([...old, ...measured]))
  }, [])
  const onNodeDragStart = useCallback(() => inMotion(canvas.current, true), [canvas])
  const onNodeDragStop = useCallback(() => {
    inMotion(canvas.current, false)
    const positions = draggedNow.current
    setDragged(none)
    settleDrag(positions)
  }, [canvas])

  return { nodes, wires: flow.wires, onNodesChange, onNodeDragStart, onNodeDrag, onNodeDragStop }
}

/** While cards are dragged: the wire that one would be put into lights up, or else the frame. */
function onNodeDrag(_event: unknown, node: CardNode, nodes: readonly CardNode[]): void {
  const card = draggedRectangle(node.id, node.position)
  const context = currentContext()
  const dropTarget = nodes.length === 1 ? (wireForExisting(context, node.id, card)?.wire ?? null) : null
  const ids = nodes.map(({ id }) => id)
  const under = dropTarget === null ? frameUnder(node.id, card, ids) : null
  const dropFrame = under === (nestingOf(context.model).get(node.id) ?? null) ? null : under
  const shown = canvasView.get()
  if (shown.dropTarget !== dropTarget || shown.dropFrame !== dropFrame) canvasView.set({ dropTarget, dropFrame })
}

function movedBy(changes: readonly NodeChange<CardNode>[]): Positions {
  const moved = new Map<string, Position>()
  for (const change of changes) {
    if (change.type === 'position' && change.position) moved.set(change.id, { ...change.position })
  }
  return moved
}

function measuredBy(changes: readonly NodeChange<CardNode>[]): Sizes {
  const measured = new Map<string, { width: number; height: number }>()
  for (const change of changes) {
    if (change.type !== 'dimensions' || !change.dimensions) continue
    const size = { width: change.dimensions.width, height: change.dimensions.height }
    measured.set(change.id, size)
    cardSizes.set(change.id, size)
  }
  return measured
}

/** Sizes of frames whose corner is being dragged; none once it is let go; null: nothing of that kind. */
function resizedBy(changes: readonly NodeChange<CardNode>[]): Sizes | null {
  let sizing: Sizes | null = null
  for (const change of changes) {
    if (change.type !== 'dimensions' || change.resizing === undefined) continue
    sizing = change.resizing && change.dimensions ? new Map([[change.id, change.dimensions]]) : noSizes
  }
  return sizing
}

function selectNodes(changes: readonly NodeChange<CardNode>[]): void {
  const { nodes, wires, select } = useSelection.getState()
  const next = selected(nodes, changes)
  if (next) select({ nodes: next, wires })
}

/** The ids that are selected after the changes; null when nothing changes. */
function selected(ids: readonly string[], changes: readonly { type: string }[]): string[] | null {
  const next = new Set(ids)
  let touched = false
  for (const change of changes) {
    if (!isSelectChange(change)) continue
    touched = true
    if (change.selected) next.add(change.id)
    else next.delete(change.id)
  }
  return touched ? [...next] : null
}

function isSelectChange(change: { type: string }): change is { type: 'select'; id: string; selected: boolean } {
  return change.type === 'select'
}
