import type { NodeChange } from '@xyflow/react'
import { type RefObject, useCallback, useMemo, useRef, useState } from 'react'
import type { Position } from '../../engine/document/schema'
import { activeAnalysisOf, activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { insertExistingAct } from './acts/connect'
import { wireForExisting } from './dropTargets'
import { currentContext, move } from './editing'
import { type CardNode, createFlow, withDragged } from './flow'
import { CARD } from './geometry'
import { inMotion } from './motion'
import { canvasView, cardSizes } from './view'

type Positions = ReadonlyMap<string, Position>
type Sizes = ReadonlyMap<string, { width: number; height: number }>
const none: Positions = new Map()
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

  const nodes = useMemo(() => withDragged(flow.nodes, dragged), [flow, dragged])

  const draggedNow = useRef(dragged)
  draggedNow.current = dragged
  const onNodesChange = useCallback((changes: NodeChange<CardNode>[]) => {
    selectNodes(changes)
    const moved = movedBy(changes)
    if (moved.size > 0) setDragged((old) => new Map([...old, ...moved]))
    const measured = measuredBy(changes)
    if (measured.size > 0) setSizes((old) => new Map([...old, ...measured]))
  }, [])
  const onNodeDragStart = useCallback(() => inMotion(canvas.current, true), [canvas])
  const onNodeDragStop = useCallback(() => {
    inMotion(canvas.current, false)
    const positions = draggedNow.current
    setDragged(none)
    settle(positions)
  }, [canvas])

  return { nodes, wires: flow.wires, onNodesChange, onNodeDragStart, onNodeDrag, onNodeDragStop }
}

/** While one card is dragged: the wire it would be put into lights up. */
function onNodeDrag(_event: unknown, node: CardNode, nodes: readonly CardNode[]): void {
  const card = { ...node.position, ...(cardSizes.get(node.id) ?? CARD) }
  const target = nodes.length === 1 ? wireForExisting(currentContext(), node.id, card) : null
  if (canvasView.get().dropTarget !== (target?.wire ?? null)) canvasView.set({ dropTarget: target?.wire ?? null })
}

/** One drag is one act, however long it took. */
function settle(positions: Positions): void {
  canvasView.set({ dropTarget: null })
  const context = currentContext()
  const layout = context.document.layout[context.model.id]?.nodes ?? noPositions
  const moved = [...positions].filter(([id, { x, y }]) => layout[id]?.x !== x || layout[id]?.y !== y)
  const [only] = moved
  if (!only) return
  const [id, position] = only
  const target =
    moved.length === 1 ? wireForExisting(context, id, { ...position, ...(cardSizes.get(id) ?? CARD) }) : null
  if (target) useDocument.getState().apply(insertExistingAct(context.model, target.wire, target, position))
  else move(Object.fromEntries(moved))
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
