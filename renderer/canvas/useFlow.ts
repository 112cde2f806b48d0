import type { NodeChange } from '@xyflow/react'
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { nestingOf } from '../../engine/compile/frames'
import type { Position } from '../../engine/document/layoutSchema'
import { activeAnalysisOf, activeModelOf, useDocument } from '../state/document'
import { useSelection } from '../state/selection'
import { cardSizes } from './cardSizes'
import { wireForExisting } from './dropTargets'
import { currentContext } from './editing'
import { createFlow, withDragged } from './flow'
import { readCanvasId } from './groups/canvasIds'
import { type CanvasNode, createCanvasNodes } from './groups/canvasNodes'
import { currentGroups } from './groups/currentGroups'
import { apart, beginDrag, changesUnder, showChanges, spread } from './groups/dragGroups'
import { selectionAfter } from './groups/groupSelection'
import { inMotion } from './motion'
import { draggedRectangle, frameUnder, settleDrag } from './settleDrag'
import { createTextWidth } from './textWidth'
import { canvasView, useCanvasView } from './view'

type Positions = ReadonlyMap<string, Position>
type Sizes = ReadonlyMap<string, { width: number; height: number }>
const none: Positions = new Map()
const noSizes: Sizes = new Map()
const noPositions: Readonly<Record<string, Position>> = {}
const noGroups = {}
const noNotes = {}

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
  const groups = useDocument((state) => state.document.layout[state.activeModel]?.groups ?? noGroups)
  const notes = useDocument((state) => state.document.layout[state.activeModel]?.notes ?? noNotes)
  const selectedGroups = useSelection((selection) => selection.groups)
  const selectedNotes = useSelection((selection) => selection.notes)
  const leaving = useCanvasView((view) => view.leaving)
  const [dragged, setDragged] = useState<Positions>(none)
  const [sizes, setSizes] = useState<Sizes>(new Map())
  const [resized, setResized] = useState<Sizes>(noSizes)
  const [build] = useState(() => createFlow(createTextWidth()))
  const [compose] = useState(createCanvasNodes)

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

  // React Flow tells only of sizes that are not as expected.
  useEffect(() => {
    for (const { id, type, measured } of flow.nodes) {
      const { width, height } = measured ?? {}
      if (type !== 'frame' && width !== undefined && height !== undefined) cardSizes.set(id, { width, height })
    }
  }, [flow.nodes])

  const cards = useMemo(() => withDragged(flow.nodes, dragged, resized), [flow, dragged, resized])
  const nodes = useMemo(
    () =>
      compose({
        cards,
        model,
        layout,
        summary,
        groups,
        notes,
        selectedNodes,
        selectedGroups,
        selectedNotes,
        dragged,
        resized,
        leaving,
      }),
    [
      compose,
      cards,
      model,
      layout,
      summary,
      groups,
      notes,
      selectedNodes,
      selectedGroups,
      selectedNotes,
      dragged,
      resized,
      leaving,
    ],
  )

  const draggedNow = useRef(dragged)
  draggedNow.current = dragged
  const onNodesChange = useCallback((changes: NodeChange<CanvasNode>[]) => {
    selectNodes(changes)
    const moved = spread(movedBy(changes))
    if (moved.size > 0) setDragged((old) => new Map([...old, ...moved]))
    const sizing = resizedBy(changes)
    if (sizing) setResized(sizing)
    const measured = measuredBy(changes)
    if (measured.size > 0) setSizes((old) => new Map([...old, ...measured]))
  }, [])
  const onNodeDragStart = useCallback(
    (_event: unknown, node: CanvasNode, all: CanvasNode[]) => {
      beginDrag([node, ...all])
      inMotion(canvas.current, true)
    },
    [canvas],
  )
  const onNodeDragStop = useCallback(() => {
    inMotion(canvas.current, false)
    const positions = draggedNow.current
    setDragged(none)
    settleDrag(positions)
  }, [canvas])

  return { nodes, wires: flow.wires, onNodesChange, onNodeDragStart, onNodeDrag, onNodeDragStop }
}

/** While cards are dragged: the wire that one would be put into lights up, or else the frame. */
function onNodeDrag(_event: unknown, held: CanvasNode, nodes: readonly CanvasNode[]): void {
  const { cards: places } = apart(spread(new Map(nodes.map(({ id, position }) => [id, position]))))
  const ids = [...places.keys()]
  const { kind, id } = readCanvasId(held.id)
  const node = kind === 'node' ? id : (ids[0] ?? '')
  const place = places.get(node)
  if (!place) return
  const card = draggedRectangle(node, place)
  const context = currentContext()
  const dropTarget = ids.length === 1 ? (wireForExisting(context, node, card)?.wire ?? null) : null
  const under = dropTarget === null ? frameUnder(node, card, ids) : null
  const dropFrame = under === (nestingOf(context.model).get(node) ?? null) ? null : under
  if (Object.keys(currentGroups()).length > 0) {
    const cards = [...places].map(([one, position]) => [one, draggedRectangle(one, position)] as const)
    showChanges(changesUnder(new Map(dropTarget === null ? cards : []), under))
  }
  const shown = canvasView.get()
  if (shown.dropTarget !== dropTarget || shown.dropFrame !== dropFrame) canvasView.set({ dropTarget, dropFrame })
}

function movedBy(changes: readonly NodeChange<CanvasNode>[]): Positions {
  const moved = new Map<string, Position>()
  for (const change of changes) {
    if (change.type === 'position' && change.position) moved.set(change.id, { ...change.position })
  }
  return moved
}

function measuredBy(changes: readonly NodeChange<CanvasNode>[]): Sizes {
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
function resizedBy(changes: readonly NodeChange<CanvasNode>[]): Sizes | null {
  let sizing: Sizes | null = null
  for (const change of changes) {
    if (change.type !== 'dimensions' || change.resizing === undefined) continue
    sizing = change.resizing && change.dimensions ? new Map([[change.id, change.dimensions]]) : noSizes
  }
  return sizing
}

function selectNodes(changes: readonly NodeChange<CanvasNode>[]): void {
  const { wires, select, ...selection } = useSelection.getState()
  const next = selectionAfter(selection, changes, currentGroups())
  if (next) select({ ...next, wires })
}
