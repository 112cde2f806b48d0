import { nodeDefinitions } from '../../engine/nodes/index'
import type { AppCommand } from '../state/appCommands'
import { useSelection } from '../state/selection'
import { alignSelection, chosenCount, distributeSelection, goTo, tidy } from './arrangeEditing'
import { bypassWords, canBypass, toggleBypassed } from './bypassEditing'
import { copySelection, cutSelection, pasteNodes } from './clipboardEvents'
import { deleteSelection, duplicateSelection, selectAll, toggleCollapsed } from './editing'
import {
  canTakeOut,
  canWrap,
  dissolveSelected,
  framesForSelection,
  selectedFrame,
  takeSelectionOut,
  wrapSelection,
} from './frameEditing'
import { groupCardId } from './groups/canvasIds'
import { currentGroups } from './groups/currentGroups'
import { groupCommands } from './groups/groupCommands'
import { onlyGroup } from './groups/groupEditing'
import { noteCommands } from './notes/noteCommands'
import { addReroute } from './rerouteEditing'
import { canvasView } from './view'

const hasNodes = (): boolean => useSelection.getState().nodes.length > 0
const hasNotes = (): boolean => useSelection.getState().notes.length > 0
const hasCopyable = (): boolean => hasNodes() || hasNotes()
const hasSelection = (): boolean => hasCopyable() || useSelection.getState().wires.length > 0
const onlyNode = (): string | null => {
  const { nodes } = useSelection.getState()
  return nodes.length === 1 ? (nodes[0] ?? null) : null
}
/** The card that "Connect to…" is about: of the one selected node, or of the one selected group while it is closed. */
const connectable = (): string | null => {
  const group = onlyGroup()
  return group !== null && currentGroups()[group]?.closed === true ? groupCardId(group) : onlyNode()
}
const onlyWire = (): string | null => {
  const { nodes, wires } = useSelection.getState()
  return nodes.length === 0 && wires.length === 1 ? (wires[0] ?? null) : null
}
/** "Put into a new Bidirectional", for every type of frame. */
const wrapCommands: readonly AppCommand[] = Object.values(nodeDefinitions).flatMap((definition) =>
  definition.frame
    ? [
        {
          id: `frame.wrap.${definition.type}`,
          label: `Put the selection into a new ${definition.title}`,
          group: 'Canvas' as const,
          keywords: ['frame', 'wrap', 'around', ...definition.synonyms],
          enabled: canWrap,
          run: () => wrapSelection(definition),
        },
      ]
    : [],
)
const alignCommands: readonly AppCommand[] = (
  [
    ['left', 'Line up at the left', 'alignLeft'],
    ['centre', 'Line up their middles, one below the other', 'alignCentre'],
    ['right', 'Line up at the right', 'alignRight'],
    ['top', 'Line up at the top', 'alignTop'],
    ['middle', 'Line up their middles, side by side', 'alignMiddle'],
    ['bottom', 'Line up at the bottom', 'alignBottom'],
  ] as const
).map(([by, label, menu]) => ({
  id: `canvas.align.${by}`,
  label,
  group: 'Canvas',
  keywords: ['align', by],
  menu,
  enabled: () => chosenCount() > 1,
  run: () => alignSelection(by),
}))
const distributeCommands: readonly AppCommand[] = (
  [
    ['x', 'Spread evenly from left to right', 'spreadAcross'],
    ['y', 'Spread evenly from top to bottom', 'spreadDown'],
  ] as const
).map(([along, label, menu]) => ({
  id: `canvas.distribute.${along}`,
  label,
  group: 'Canvas',
  keywords: ['distribute', 'space', 'gaps'],
  menu,
  enabled: () => chosenCount() > 2,
  run: () => distributeSelection(along),
}))
const goCommands: readonly AppCommand[] = (['left', 'right', 'up', 'down'] as const).map((direction) => ({
  id: `canvas.go.${direction}`,
  label: `Go to the next node ${direction === 'left' || direction === 'right' ? `on the ${direction}` : direction}`,
  group: 'Canvas',
  keys: [`Alt+Arrow${direction[0]?.toUpperCase()}${direction.slice(1)}`],
  inPalette: false,
  run: () => goTo(direction),
}))
const moveEndCommands: readonly AppCommand[] = (
  [
    ['input', 'Move the end of the wire to…', 'moveEnd'],
    ['output', 'Move the beginning of the wire to…', 'moveBeginning'],
  ] as const
).map(([side, label, menu]) => ({
  id: `wire.move.${side}`,
  label,
  group: 'Canvas',
  keywords: ['rewire', 'reconnect'],
  menu,
  enabled: () => onlyWire() !== null,
  run: () => canvasView.set({ moving: { wire: onlyWire() ?? '', side } }),
}))
const port = () => canvasView.get().port

/** What the canvas offers to the command palette, the native menu and the keyboard. */
export const canvasCommands: readonly AppCommand[] = [
  // Ctrl+C, X and V are left to the window's own clipboard events, which need no permission; see clipboardEvents.ts.
  {
    id: 'edit.cut',
    label: 'Cut',
    group: 'Edit',
    nativeKeys: ['Mod+X'],
    enabled: hasCopyable,
    run: cutSelection,
  },
  {
    id: 'edit.copy',
    label: 'Copy',
    group: 'Edit',
    nativeKeys: ['Mod+C'],
    enabled: hasCopyable,
    run: copySelection,
  },
  {
    id: 'edit.paste',
    label: 'Paste',
    group: 'Edit',
    nativeKeys: ['Mod+V'],
    run: () => void pasteNodes({ keepIncoming: false }),
  },
  {
    id: 'edit.pasteWired',
    label: 'Paste with the wires that came in',
    group: 'Edit',
    nativeKeys: ['Mod+Shift+V'],
    menu: 'pasteWired',
    run: () => void pasteNodes({ keepIncoming: true }),
  },
  {
    id: 'edit.duplicate',
    label: 'Duplicate',
    group: 'Edit',
    keys: ['Mod+D'],
    menu: 'duplicate',
    enabled: hasCopyable,
    run: duplicateSelection,
  },
  {
    id: 'edit.delete',
    label: 'Delete',
    group: 'Edit',
    keys: ['Delete', 'Backspace'],
    menu: 'delete',
    enabled: hasSelection,
    run: () => deleteSelection({ reconnect: false }),
  },
  {
    id: 'edit.deleteAndReconnect',
    label: 'Delete and reconnect',
    group: 'Edit',
    keys: ['Mod+Delete', 'Mod+Backspace'],
    menu: 'deleteAndReconnect',
    enabled: hasNodes,
    run: () => deleteSelection({ reconnect: true }),
  },
  {
    id: 'edit.selectAll',
    label: 'Select all nodes',
    group: 'Edit',
    keys: ['Mod+A'],
    menu: 'selectAll',
    run: selectAll,
  },
  {
    id: 'canvas.add',
    label: 'Add a node…',
    group: 'Canvas',
    keys: ['Shift+A'],
    keywords: ['insert', 'new'],
    menu: 'addNode',
    run: () => port()?.openSearch(),
  },
  {
    id: 'canvas.connect',
    label: 'Connect to…',
    group: 'Canvas',
    keywords: ['wire', 'link'],
    menu: 'connect',
    enabled: () => connectable() !== null,
    run: () => canvasView.set({ connecting: connectable() }),
  },
  ...groupCommands,
  ...noteCommands,
  ...wrapCommands,
  {
    id: 'frame.put',
    label: 'Put into a frame…',
    group: 'Canvas',
    keywords: ['bidirectional', 'stack', 'move'],
    menu: 'putIntoFrame',
    enabled: () => framesForSelection().length > 0,
    run: () => canvasView.set({ putting: true }),
  },
  {
    id: 'frame.takeOut',
    label: 'Take out of the frame',
    group: 'Canvas',
    keywords: ['bidirectional', 'stack', 'move'],
    menu: 'takeOut',
    enabled: canTakeOut,
    run: takeSelectionOut,
  },
  {
    id: 'frame.dissolve',
    label: 'Take the frame away, keep what it holds',
    group: 'Canvas',
    keys: ['Mod+Shift+G'],
    keywords: ['ungroup', 'unwrap', 'dissolve', 'unpack'],
    menu: 'ungroup',
    enabled: () => selectedFrame() !== null,
    run: dissolveSelected,
  },
  {
    id: 'canvas.rename',
    label: 'Rename node',
    group: 'Canvas',
    keys: ['F2'],
    menu: 'rename',
    enabled: () => onlyNode() !== null,
    run: () => useSelection.getState().rename(onlyNode()),
  },
  {
    id: 'canvas.collapse',
    label: 'Collapse or expand',
    group: 'Canvas',
    keys: ['Alt+C'],
    keywords: ['fold', 'hide', 'small'],
    menu: 'collapse',
    enabled: hasNodes,
    run: toggleCollapsed,
  },
  {
    id: 'canvas.bypass',
    label: bypassWords,
    group: 'Canvas',
    keys: ['Mod+B'],
    keywords: ['bypass', 'mute', 'switch off', 'disable', 'skip', 'leave out'],
    menu: 'bypass',
    enabled: canBypass,
    run: toggleBypassed,
  },
  {
    id: 'wire.reroute',
    label: 'Add a reroute point to the wire',
    group: 'Canvas',
    keywords: ['dot', 'bend', 'knot'],
    menu: 'reroute',
    enabled: () => onlyWire() !== null,
    run: () => addReroute(onlyWire() ?? ''),
  },
  ...moveEndCommands,
  {
    id: 'canvas.find',
    label: 'Find a node…',
    group: 'Canvas',
    keys: ['Mod+F'],
    keywords: ['search', 'go to'],
    menu: 'find',
    run: () => canvasView.set({ finding: true }),
  },
  {
    id: 'canvas.tidy',
    label: 'Tidy the model',
    group: 'Canvas',
    keys: ['Shift+Alt+T'],
    keywords: ['layout', 'arrange', 'clean up', 'order'],
    menu: 'tidy',
    run: () => void tidy(),
  },
  ...alignCommands,
  ...distributeCommands,
  ...goCommands,
  {
    id: 'canvas.fit',
    label: 'Fit the model into view',
    group: 'Canvas',
    keys: ['Mod+1'],
    menu: 'fit',
    run: () => port()?.fit(),
  },
  {
    id: 'canvas.fitSelection',
    label: 'Fit the selection into view',
    group: 'Canvas',
    keys: ['.'],
    menu: 'fitSelection',
    enabled: hasNodes,
    run: () => port()?.fit(useSelection.getState().nodes),
  },
  {
    id: 'canvas.zoomReset',
    label: 'Zoom to 100 %',
    group: 'Canvas',
    keys: ['Mod+0'],
    menu: 'zoomReset',
    run: () => port()?.zoomTo(1),
  },
]
