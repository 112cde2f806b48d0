import {
  Background,
  BackgroundVariant,
  ConnectionMode,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { memo, useEffect, useRef } from 'react'
import { categories } from '../nodes/categories'
import { offerCommands } from '../state/appCommands'
import { activeModelOf, useDocument } from '../state/document'
import { useRun } from '../state/run'
import { useSelection } from '../state/selection'
import { AddSearch } from './AddSearch'
import styles from './Canvas.module.css'
import { CanvasControls } from './CanvasControls'
import { CanvasHints } from './CanvasHints'
import { CanvasMenu } from './CanvasMenu'
import { ConnectDialog } from './ConnectDialog'
import { ConnectionLine } from './ConnectionLine'
import { canvasCommands } from './canvasCommands'
import { pressOnCanvas } from './canvasKeys'
import { listenToClipboard } from './clipboardEvents'
import type { CardNode, WireEdge } from './flow'
import { GRID } from './geometry'
import { LiveAnnouncer } from './LiveAnnouncer'
import { NodeCard } from './NodeCard'
import { RefusalPanel } from './RefusalPanel'
import { useCanvasHandlers } from './useCanvasHandlers'
import { useCanvasPort } from './useCanvasPort'
import { useFlow } from './useFlow'
import { WireLine } from './WireLine'

const nodeTypes = { card: NodeCard }
const edgeTypes = { wire: WireLine }
const snapGrid: [number, number] = [GRID, GRID]
const selectKeys = ['Shift', 'Control', 'Meta']
const panButtons = [1]
const words = {
  'edge.a11yDescription.default': 'Press Enter to select the wire, then Delete to remove it.',
  'minimap.ariaLabel': 'Mini-map of the model',
}
const mapSize = { width: 152, height: 96 }

/** The canvas: the model as cards and wires, and every way to change it. */
export function Canvas() {
  return (
    <ReactFlowProvider>
      <CanvasInside />
    </ReactFlowProvider>
  )
}

function CanvasInside() {
  const section = useRef<HTMLElement>(null)
  const byPointer = useRef(false)
  const { nodes, wires, onNodesChange, onEdgesChange, onNodeDrag, onNodeDragStop } = useFlow()
  const handlers = useCanvasHandlers(section)
  const training = useRun((run) => run.phase === 'training')
  useCanvasPort(section)
  useEffect(() => offerCommands(canvasCommands), [])
  useEffect(listenToClipboard, [])
  useEffect(keepSelectionValid, [])

  return (
    <section
      ref={section}
      className={styles.canvas}
      aria-label="Canvas"
      data-training={training}
      tabIndex={-1}
      onPointerDownCapture={() => {
        byPointer.current = true
      }}
      onPointerDown={(event) => focusPane(event.target, section.current)}
      onKeyDown={(event) => {
        // Menus and dialogs lie elsewhere in the page; React tells of their keys here all the same.
        if (!(event.target instanceof Node) || !event.currentTarget.contains(event.target)) return
        pressOnCanvas(event, byPointer.current)
        if (event.key.startsWith('Arrow') || event.key === 'Escape') byPointer.current = false
      }}
      {...handlers.section}
    >
      <ReactFlow<CardNode, WireEdge>
        nodes={nodes}
        edges={wires}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDrag={onNodeDrag}
        onNodeDragStop={onNodeDragStop}
        {...handlers.flow}
        connectionLineComponent={ConnectionLine}
        connectionMode={ConnectionMode.Strict}
        connectionRadius={28}
        connectOnClick={false}
        edgesReconnectable
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={selectKeys}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        panOnDrag={panButtons}
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        snapToGrid
        snapGrid={snapGrid}
        minZoom={0.2}
        maxZoom={2}
        ariaLabelConfig={words}
        attributionPosition="bottom-center"
      >
        <Furniture />
      </ReactFlow>
      <Overlays />
    </section>
  )
}

/** Dots, map, zoom and hints: not drawn anew when a card moves. */
const Furniture = memo(function Furniture() {
  return (
    <>
      <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--canvas-dot)" />
      <MiniMap<CardNode>
        className={styles.map ?? ''}
        style={mapSize}
        nodeColor={mapColor}
        nodeBorderRadius={8}
        maskColor="var(--map-mask)"
        pannable
        zoomable
      />
      <CanvasControls />
      <CanvasHints />
    </>
  )
})

/** What opens over the canvas. */
const Overlays = memo(function Overlays() {
  return (
    <>
      <AddSearch />
      <RefusalPanel />
      <CanvasMenu />
      <ConnectDialog />
      <LiveAnnouncer />
    </>
  )
})

function mapColor(node: CardNode): string {
  return `var(--map-${categories[node.data.category].hue})`
}

/** The empty canvas takes the keyboard's focus when it is clicked, so that keys reach it. */
function focusPane(target: EventTarget, section: HTMLElement | null): void {
  if (target instanceof Element && target.matches('.react-flow__pane')) section?.focus({ preventScroll: true })
}

/** Drops from the selection what undo, or another model on the canvas, took away. */
function keepSelectionValid(): () => void {
  return useDocument.subscribe((state, before) => {
    if (state.document === before.document && state.activeModel === before.activeModel) return
    const model = activeModelOf(state)
    useSelection.getState().keepOnly({ node: (id) => id in model.nodes, wire: (id) => id in model.wires })
  })
}
