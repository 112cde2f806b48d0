import { ActionIcon, Menu, Tooltip } from '@mantine/core'
import {
  IconArrowLeft,
  IconArrowRight,
  IconChevronDown,
  IconCopy,
  IconPencil,
  IconPlus,
  IconTrash,
} from '@tabler/icons-react'
import type { KeyboardEvent } from 'react'
import type { Act } from '../../engine/document/edits'
import { CounterpartItems } from '../compare/CounterpartItems'
import { useApp } from '../state/app'
import { useDocument } from '../state/document'
import { Chord } from './Chord'
import styles from './ModelTabs.module.css'
import { addModelAct, deleteModelAct, duplicateModelAct, moveModelAct, renameModelAct } from './modelActs'
import { NameField } from './NameField'

function apply(act: Act | null): void {
  if (act) useDocument.getState().apply(act)
}

/** The document's models as tabs. Arrow keys move between them, with Ctrl and Shift they move the tab; the active one has a menu. */
export function ModelTabs() {
  const models = useDocument((state) => state.document.models)
  const active = useDocument((state) => state.activeModel)
  const setActive = useDocument((state) => state.setActiveModel)
  const renaming = useApp((state) => state.renamingModel)
  const setRenaming = useApp((state) => state.renameModel)

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const move = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (move === 0) return
    if (event.ctrlKey && event.shiftKey) {
      event.preventDefault()
      apply(moveModelAct(useDocument.getState().document, active, move))
      document.getElementById(`model-tab-${active}`)?.focus()
      return
    }
    const at = models.findIndex((model) => model.id === active)
    const next = models[(at + move + models.length) % models.length]
    if (!next) return
    event.preventDefault()
    setActive(next.id)
    document.getElementById(`model-tab-${next.id}`)?.focus()
  }

  return (
    <div className={styles.bar}>
      <div className={styles.tabs} role="tablist" aria-label="Models" onKeyDown={onKeyDown}>
        {models.map((model) =>
          renaming === model.id ? (
            <NameField
              key={model.id}
              value={model.name}
              label="Name of the model"
              onCancel={() => setRenaming(null)}
              onDone={(typed) => {
                setRenaming(null)
                apply(renameModelAct(useDocument.getState().document, model.id, typed))
              }}
            />
          ) : (
            <button
              key={model.id}
              id={`model-tab-${model.id}`}
              type="button"
              role="tab"
              className={styles.tab}
              aria-selected={model.id === active}
              tabIndex={model.id === active ? 0 : -1}
              onClick={() => setActive(model.id)}
              onDoubleClick={() => setRenaming(model.id)}
            >
              {model.name}
            </button>
          ),
        )}
      </div>
      <ModelMenu />
      <Tooltip label="Add a model">
        <ActionIcon
          aria-label="Add a model"
          size={28}
          onClick={() => apply(addModelAct(useDocument.getState().document))}
        >
          <IconPlus size={15} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </div>
  )
}

function ModelMenu() {
  const active = useDocument((state) => state.activeModel)
  const count = useDocument((state) => state.document.models.length)
  const index = useDocument((state) => state.document.models.findIndex(({ id }) => id === state.activeModel))
  const setRenaming = useApp((state) => state.renameModel)
  return (
    <Menu position="bottom-start" width={256} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon aria-label="This model: rename, duplicate, move, delete" size={24}>
          <IconChevronDown size={14} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} stroke={1.75} />} onClick={() => setRenaming(active)}>
          Rename
        </Menu.Item>
        <Menu.Item
          leftSection={<IconCopy size={15} stroke={1.75} />}
          onClick={() => apply(duplicateModelAct(useDocument.getState().document, active))}
        >
          Duplicate
        </Menu.Item>
        <Menu.Divider />
        <CounterpartItems />
        <Menu.Divider />
        <Menu.Item
          leftSection={<IconArrowLeft size={15} stroke={1.75} />}
          rightSection={<Chord keys="Mod+Shift+ArrowLeft" />}
          disabled={index === 0}
          onClick={() => apply(moveModelAct(useDocument.getState().document, active, -1))}
        >
          Move to the left
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowRight size={15} stroke={1.75} />}
          rightSection={<Chord keys="Mod+Shift+ArrowRight" />}
          disabled={index === count - 1}
          onClick={() => apply(moveModelAct(useDocument.getState().document, active, 1))}
        >
          Move to the right
        </Menu.Item>
        <Menu.Item
          leftSection={<IconTrash size={15} stroke={1.75} />}
          disabled={count < 2}
          onClick={() => apply(deleteModelAct(useDocument.getState().document, active))}
        >
          Delete
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
