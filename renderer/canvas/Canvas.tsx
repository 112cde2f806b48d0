import {
  Background,
  BackgroundVariant,
  ConnectionMode,
  type FinalConnectionState,
  MiniMap,
  type OnConnectStartParams,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useReactFlow,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { type MouseEvent as ReactMouseEvent, useEffect, useRef } from 'react'
import type { Position } from '../../engine/document/schema'
import { categories } from '../nodes/categories'
import { offerCommands } from '../state/appCommands'
import { activeModelOf, useDocument } from '../state/document'
import { useRun } from '../state/run'
import { useSelection } from '../state/selection'
import { AddSearch } from './AddSearch'
import styles from './Canvas.module.css'
import { CanvasControls } from './CanvasControls'
import { CanvasHints } from './CanvasHints'
import { CanvasMenu, openMenu } from './CanvasMenu'
import { ConnectDialog } from './ConnectDialog'
import { ConnectionLine } from './ConnectionLine'
import { canvasCommands } from './canvasCommands'
import { pressOnCanvas } from './canvasKeys'
import { listenToClipboard } from './clipboardEvents'
import type { CardNode, WireEdge } from './flow'
import { GRID } from './geometry'
import { LiveAnnouncer } from './LiveAnnouncer'
import { NodeCard } from './NodeCard'
import { dragOverCanvas, dropOnCanvas, leaveCanvas } from './paletteDrop'
import { RefusalPanel } from './RefusalPanel'
import { useCanvasPort } from './useCanvasPort'
import { useFlow } from './useFlow'
import { canvasView } from './view'
import { WireLine } from './WireLine'
import { clickCard, dragging, pointIn } from './wiringGestures'

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
  const flow = useReactFlow<CardNode, WireEdge>()
  const training = useRun((run) => run.phase === 'training')
  useCanvasPort(section)
  useEffect(() => offerCommands(canvasCommands), [])
  useEffect(listenToClipboard, [])
  useEffect(keepSelectionValid, [])

  const toFlow = (client: Position): Position => flow.screenToFlowPosition(client, { snapToGrid: false })
  const at = (event: { clientX: number; clientY: number }): Position =>
    section.current ? pointIn(section.current, { x: event.clientX, y: event.clientY }) : { x: 0, y: 0 }

  const searchHere = (event: ReactMouseEvent): void => {
    if (!(event.target instanceof Element) || !event.target.matches('.react-flow__pane')) return
    const place = toFlow({ x: event.clientX, y: event.clientY })
    canvasView.set({ search: { at: at(event), place: { x: place.x - 80, y: place.y - 28 }, joint: null } })
  }

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
      onDoubleClick={searchHere}
      onDragOver={(event) => dragOverCanvas(event, toFlow)}
      onDragLeave={leaveCanvas}
      onDrop={(event) => dropOnCanvas(event, toFlow)}
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
        onConnectStart={(_event, params: OnConnectStartParams) => dragging.start(params)}
        onConnectEnd={(event, state: FinalConnectionState) => dragging.end(event, state, toFlow)}
        onReconnectStart={(_event, wire) => dragging.take(wire.id)}
        onReconnect={settledAtTheEnd}
        onConnect={settledAtTheEnd}
        isValidConnection={(connection) => dragging.fits(connection)}
        connectionLineComponent={ConnectionLine}
        connectionMode={ConnectionMode.Strict}
        connectionRadius={28}
        connectOnClick={false}
        edgesReconnectable
        onEdgeMouseEnter={(_event, wire) => canvasView.set({ hovered: wire.id })}
        onEdgeMouseLeave={() => canvasView.set({ hovered: null })}
        onNodeClick={(event, node) => clickCard(node.id, event.currentTarget)}
        onNodeContextMenu={(event, node) => {
          event.preventDefault()
          openMenu(at(event), { kind: 'node', node: node.id })
        }}
        onEdgeContextMenu={(event, wire) => {
          event.preventDefault()
          openMenu(at(event), { kind: 'wire', wire: wire.id })
        }}
        onPaneContextMenu={(event) => {
          event.preventDefault()
          openMenu(at(event), { kind: 'canvas', place: toFlow({ x: event.clientX, y: event.clientY }) })
        }}
        onPaneClick={() => canvasView.close()}
        onMoveStart={() => canvasView.set({ search: null, refusal: null, menu: null })}
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
        <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--canvas-dot)" />
        <MiniMap<CardNode>
          className={styles.map ?? ''}
          style={mapSize}
          nodeColor={(node) => `var(--map-${categories[node.data.category].hue})`}
          nodeBorderRadius={8}
          maskColor="var(--map-mask)"
          pannable
          zoomable
        />
        <CanvasControls />
        <CanvasHints />
      </ReactFlow>
      <AddSearch />
      <RefusalPanel />
      <CanvasMenu />
      <ConnectDialog />
      <LiveAnnouncer />
    </section>
  )
}

/** React Flow wants to know that connections are handled; wiringGestures does it once, when the wire is let go. */
function settledAtTheEnd(): void {}

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
