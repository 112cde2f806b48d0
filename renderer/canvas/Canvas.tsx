import { ConnectionMode, ReactFlow, ReactFlowProvider, SelectionMode, useKeyPress } from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import { memo, useEffect, useRef } from 'react'
import { offerCommands } from '../state/appCommands'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'
import { AddSearch } from './AddSearch'
import { Backdrop } from './Backdrop'
import styles from './Canvas.module.css'
import { CanvasControls } from './CanvasControls'
import { CanvasHints } from './CanvasHints'
import { CanvasMenu } from './CanvasMenu'
import { ConnectDialog, MoveEndDialog } from './ConnectDialog'
import { ConnectionLine } from './ConnectionLine'
import { canvasCommands } from './canvasCommands'
import { pressOnCanvas } from './canvasKeys'
import { listenToClipboard } from './clipboardEvents'
import { FindNode } from './FindNode'
import { FrameCard } from './FrameCard'
import { GRID } from './geometry'
import { BlockCard } from './groups/BlockCard'
import type { CanvasNode } from './groups/canvasNodes'
import { GroupFrame } from './groups/GroupFrame'
import { LiveAnnouncer } from './LiveAnnouncer'
import { markFits } from './markFits'
import { useFarView } from './motion'
import { NodeCard } from './NodeCard'
import { NoteCard } from './notes/NoteCard'
import { OverviewMap } from './OverviewMap'
import { PutIntoDialog } from './PutIntoDialog'
import { RefusalPanel } from './RefusalPanel'
import { ReroutePoint } from './ReroutePoint'
import { useCanvasHandlers } from './useCanvasHandlers'
import { useCanvasPort } from './useCanvasPort'
import { useFlow } from './useFlow'
import { useSlowMotion } from './useSlowMotion'
import { useSteadyWheel } from './useSteadyWheel'
import { useTouchpad } from './useTouchpad'
import { Wires } from './Wires'

const nodeTypes = {
  card: NodeCard,
  frame: FrameCard,
  reroute: ReroutePoint,
  groupArea: GroupFrame,
  block: BlockCard,
  note: NoteCard,
}
const snapGrid: [number, number] = [GRID, GRID]
const selectKeys = ['Shift', 'Control', 'Meta']
const panButtons = [1]

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
  const { nodes, wires, ...changes } = useFlow(section)
  const handlers = useCanvasHandlers(section)
  const training = useRun((run) => run.phase === 'training')
  const reading = useDocument((state) => state.summary === null && state.dataProblems.length === 0)
  const free = useKeyPress('Alt')
  useCanvasPort(section)
  useFarView(section)
  useSteadyWheel(section)
  useTouchpad(section)
  useSlowMotion(section, training)
  useEffect(() => offerCommands(canvasCommands), [])
  useEffect(listenToClipboard, [])
  useEffect(() => (section.current ? markFits(section.current) : undefined), [])

  return (
    <section
      ref={section}
      className={styles.canvas}
      aria-label="Canvas"
      aria-busy={reading}
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
      <Backdrop />
      <ReactFlow<CanvasNode>
        nodes={nodes}
        nodeTypes={nodeTypes}
        {...changes}
        {...handlers.flow}
        connectionLineComponent={ConnectionLine}
        connectionMode={ConnectionMode.Strict}
        connectionRadius={28}
        connectOnClick={false}
        deleteKeyCode={null}
        selectionKeyCode={null}
        multiSelectionKeyCode={selectKeys}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        panOnDrag={panButtons}
        zoomOnDoubleClick={false}
        disableKeyboardA11y
        zIndexMode="manual"
        snapToGrid={!free}
        snapGrid={snapGrid}
        minZoom={0.2}
        maxZoom={2}
        attributionPosition="bottom-center"
      >
        <Wires cards={nodes} wires={wires} />
        <Furniture />
      </ReactFlow>
      <Overlays />
    </section>
  )
}

/** Map, zoom and hints: not drawn anew when a card moves. */
const Furniture = memo(function Furniture() {
  return (
    <>
      <OverviewMap />
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
      <MoveEndDialog />
      <PutIntoDialog />
      <FindNode />
      <LiveAnnouncer />
    </>
  )
})

/** The empty canvas takes the keyboard's focus when it is clicked, so that keys reach it. */
function focusPane(target: EventTarget, section: HTMLElement | null): void {
  if (target instanceof Element && target.matches('.react-flow__pane')) section?.focus({ preventScroll: true })
}
