import { Menu } from '@mantine/core'
import {
  IconArrowBarToDown,
  IconArrowBarToLeft,
  IconArrowBarToRight,
  IconArrowBarUp,
  IconArrowMerge,
  IconBoxMargin,
  IconBoxMultiple,
  IconBoxOff,
  IconClipboard,
  IconCopy,
  IconCopyPlus,
  IconCursorText,
  IconFocusCentered,
  IconFold,
  IconNote,
  IconPlug,
  IconPlus,
  IconPointFilled,
  IconRouteOff,
  IconScissors,
  IconSelectAll,
  IconSitemap,
  IconTrash,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { nodeDefinitions } from '../../engine/nodes/index'
import { Chord } from '../shell/Chord'
import { useSelection } from '../state/selection'
import { tidy } from './arrangeEditing'
import { bypassWords, toggleBypassed, whyNoBypass } from './bypassEditing'
import styles from './CanvasMenu.module.css'
import { copySelection, cutSelection, pasteNodes } from './clipboardEvents'
import { currentContext, deleteSelection, deleteWire, duplicateSelection, selectAll, toggleCollapsed } from './editing'
import {
  canTakeOut,
  canWrap,
  dissolveSelected,
  framesForSelection,
  selectedFrame,
  takeSelectionOut,
  wrapSelection,
} from './frameEditing'
import { CARD } from './geometry'
import { GroupItems } from './groups/GroupMenu'
import { canLeave, chooseGroup, groupSelection, groupWords, leaveSelection } from './groups/groupEditing'
import { NoteItems } from './notes/NoteMenu'
import { addNote } from './notes/noteEditing'
import { addReroute } from './rerouteEditing'
import { type CanvasView, canvasView, type MenuTarget, useCanvasView } from './view'
import { carriedKind } from './wiring'

/** The menu of the right mouse button (or the menu key) on a card, a wire or the empty canvas. */
export function CanvasMenu() {
  const menu = useCanvasView((view) => view.menu)
  if (!menu) return null
  return (
    <Menu
      key={`${menu.at.x},${menu.at.y}`}
      opened
      onChange={(opened) => {
        if (opened) return
        canvasView.set({ menu: null })
        if (before instanceof HTMLElement || before instanceof SVGElement) before.focus({ preventScroll: true })
      }}
      position="bottom-start"
      offset={2}
      width={304}
      withInitialFocusPlaceholder={false}
      withinPortal
      returnFocus={false}
    >
      <Menu.Target>
        <button
          type="button"
          className={styles.anchor}
          style={{ left: menu.at.x, top: menu.at.y }}
          tabIndex={-1}
          aria-label="Menu"
        />
      </Menu.Target>
      <Menu.Dropdown>{itemsOf(menu)}</Menu.Dropdown>
    </Menu>
  )
}

function itemsOf({ at, target }: NonNullable<CanvasView['menu']>): ReactNode {
  switch (target.kind) {
    case 'node':
      return <NodeItems node={target.node} />
    case 'wire':
      return <WireItems at={at} wire={target.wire} />
    case 'group':
      return <GroupItems group={target.group} />
    case 'note':
      return <NoteItems note={target.note} />
    case 'canvas':
      return <CanvasItems at={at} place={target.place} />
  }
}

function NodeItems({ node }: { node: string }) {
  const several = useSelection((selection) => selection.nodes.length > 1)
  return (
    <>
      {!several && (
        <>
          <Menu.Item
            leftSection={<IconCursorText size={16} />}
            rightSection={<Chord keys="F2" />}
            onClick={() => useSelection.getState().rename(node)}
          >
            Rename
          </Menu.Item>
          <Menu.Item leftSection={<IconPlug size={16} />} onClick={() => canvasView.set({ connecting: node })}>
            Connect to…
          </Menu.Item>
          <Menu.Divider />
        </>
      )}
      <Menu.Item
        leftSection={<IconCopyPlus size={16} />}
        rightSection={<Chord keys="Mod+D" />}
        onClick={() => duplicateSelection()}
      >
        Duplicate
      </Menu.Item>
      <Menu.Item leftSection={<IconCopy size={16} />} rightSection={<Chord keys="Mod+C" />} onClick={copySelection}>
        Copy
      </Menu.Item>
      <Menu.Item leftSection={<IconScissors size={16} />} rightSection={<Chord keys="Mod+X" />} onClick={cutSelection}>
        Cut
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item leftSection={<IconFold size={16} />} rightSection={<Chord keys="Alt+C" />} onClick={toggleCollapsed}>
        Collapse or expand
      </Menu.Item>
      <BypassItem />
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconBoxMultiple size={16} />}
        rightSection={<Chord keys="Mod+G" />}
        onClick={groupSelection}
      >
        {groupWords()}
      </Menu.Item>
      {canLeave() && (
        <Menu.Item leftSection={<IconArrowBarUp size={16} />} onClick={leaveSelection}>
          Take out of the group
        </Menu.Item>
      )}
      <Menu.Divider />
      <FrameItems />
      <Menu.Item
        leftSection={<IconArrowMerge size={16} />}
        rightSection={<Chord keys="Mod+Delete" />}
        onClick={() => deleteSelection({ reconnect: true })}
      >
        Delete and reconnect
      </Menu.Item>
      <Menu.Item
        className={styles.danger ?? ''}
        leftSection={<IconTrash size={16} />}
        rightSection={<Chord keys="Delete" />}
        onClick={() => deleteSelection({ reconnect: false })}
      >
        Delete
      </Menu.Item>
    </>
  )
}

/** Where it cannot be done it says why, dimmed. */
function BypassItem() {
  const why = whyNoBypass()
  return (
    <Menu.Item
      leftSection={<IconRouteOff size={16} />}
      rightSection={<Chord keys="Mod+B" />}
      disabled={why !== null}
      onClick={toggleBypassed}
    >
      {bypassWords()}
      {why !== null && <span className={styles.why}>{why}</span>}
    </Menu.Item>
  )
}

/** What frames do with the selection, as far as it can be done now. */
function FrameItems() {
  const wraps = Object.values(nodeDefinitions).filter(({ frame }) => frame !== undefined)
  const wrappable = canWrap()
  const frame = selectedFrame()
  const puttable = framesForSelection().length > 0
  const inside = canTakeOut()
  if (!wrappable && !puttable && !inside && frame === null) return null
  return (
    <>
      {wrappable &&
        wraps.map((definition) => (
          <Menu.Item
            key={definition.type}
            leftSection={<IconBoxMargin size={16} />}
            onClick={() => wrapSelection(definition)}
          >
            Put into a new {definition.title}
          </Menu.Item>
        ))}
      {puttable && (
        <Menu.Item leftSection={<IconArrowBarToDown size={16} />} onClick={() => canvasView.set({ putting: true })}>
          Put into a frame…
        </Menu.Item>
      )}
      {inside && (
        <Menu.Item leftSection={<IconArrowBarUp size={16} />} onClick={takeSelectionOut}>
          Take out of the frame
        </Menu.Item>
      )}
      {frame !== null && (
        <Menu.Item
          leftSection={<IconBoxOff size={16} />}
          rightSection={<Chord keys="Mod+Shift+G" />}
          onClick={dissolveSelected}
        >
          Take the frame away, keep what it holds
        </Menu.Item>
      )}
      <Menu.Divider />
    </>
  )
}

function WireItems({ at, wire }: { at: { x: number; y: number }; wire: string }) {
  const insert = (): void => {
    const context = currentContext()
    const from = context.model.wires[wire]?.from
    const place = canvasView.get().port?.toPlace(at)
    if (!from || !place) return
    const joint = { kind: 'into' as const, wire, carries: carriedKind(context, from) }
    canvasView.set({ search: { at, place: cardAround(place), joint } })
  }
  return (
    <>
      <Menu.Item leftSection={<IconPlus size={16} />} onClick={insert}>
        Insert a node here…
      </Menu.Item>
      <Menu.Item
        leftSection={<IconPointFilled size={16} />}
        rightSection={<kbd>Alt click</kbd>}
        onClick={() => addReroute(wire, canvasView.get().port?.toPlace(at))}
      >
        Add a reroute point here
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowBarToRight size={16} />}
        onClick={() => canvasView.set({ moving: { wire, side: 'input' } })}
      >
        Move its end to…
      </Menu.Item>
      <Menu.Item
        leftSection={<IconArrowBarToLeft size={16} />}
        onClick={() => canvasView.set({ moving: { wire, side: 'output' } })}
      >
        Move its beginning to…
      </Menu.Item>
      <Menu.Item
        className={styles.danger ?? ''}
        leftSection={<IconTrash size={16} />}
        rightSection={<Chord keys="Delete" />}
        onClick={() => deleteWire(wire)}
      >
        Delete wire
      </Menu.Item>
    </>
  )
}

/** Where a card stands whose middle is at the pointer, as after a double-click. */
function cardAround({ x, y }: { x: number; y: number }): { x: number; y: number } {
  return { x: x - CARD.width / 2, y: y - CARD.height / 2 }
}

function CanvasItems({ at, place }: { at: { x: number; y: number }; place: { x: number; y: number } }) {
  return (
    <>
      <Menu.Item
        leftSection={<IconPlus size={16} />}
        rightSection={<Chord keys="Shift+A" />}
        onClick={() => canvasView.set({ search: { at, place: cardAround(place), joint: null } })}
      >
        Add a node…
      </Menu.Item>
      <Menu.Item
        leftSection={<IconNote size={16} />}
        rightSection={<Chord keys="N" />}
        onClick={() => addNote(canvasView.get().port?.toPlace(at))}
      >
        Add a note
      </Menu.Item>
      <Menu.Divider />
      <Menu.Item
        leftSection={<IconClipboard size={16} />}
        rightSection={<Chord keys="Mod+V" />}
        onClick={() => void pasteNodes({ keepIncoming: false })}
      >
        Paste
      </Menu.Item>
      <Menu.Item leftSection={<IconSelectAll size={16} />} rightSection={<Chord keys="Mod+A" />} onClick={selectAll}>
        Select all
      </Menu.Item>
      <Menu.Item
        leftSection={<IconFocusCentered size={16} />}
        rightSection={<Chord keys="Mod+1" />}
        onClick={() => canvasView.get().port?.fit()}
      >
        Fit the model into view
      </Menu.Item>
      <Menu.Item
        leftSection={<IconSitemap size={16} />}
        rightSection={<Chord keys="Shift+Alt+T" />}
        onClick={() => void tidy()}
      >
        Tidy the model
      </Menu.Item>
    </>
  )
}

/** What had the keyboard before the menu opened, and gets it back. */
let before: Element | null = null

/** Opens the menu for what was pointed at; a node that is not selected yet is selected first. */
export function openMenu(at: { x: number; y: number }, target: MenuTarget): void {
  const { nodes, wires, groups, notes, select } = useSelection.getState()
  if (target.kind === 'node' && !nodes.includes(target.node)) select({ nodes: [target.node] })
  if (target.kind === 'wire' && !wires.includes(target.wire)) select({ wires: [target.wire] })
  if (target.kind === 'group' && !groups.includes(target.group)) chooseGroup(target.group, { toggle: false })
  if (target.kind === 'note' && !notes.includes(target.note)) select({ notes: [target.note] })
  before = document.activeElement
  canvasView.set({ menu: { at, target }, search: null, refusal: null })
}
