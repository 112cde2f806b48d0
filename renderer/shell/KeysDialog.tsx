import { Modal } from '@mantine/core'
import { useApp } from '../state/app'
import { COMMAND_GROUPS, labelOf, shownKeys, useCommands } from '../state/appCommands'
import { Keys } from './Keys'
import styles from './KeysDialog.module.css'

/** What is done on the canvas without being a command, for the same list. */
const GESTURES: readonly { title: string; rows: readonly { act: string; how: string }[] }[] = [
  {
    title: 'Mouse',
    rows: [
      { act: 'Zoom at the pointer', how: 'Wheel' },
      { act: 'Move the view', how: 'Space or middle button; two fingers' },
      { act: 'Select several', how: 'Drag over them; Shift and click' },
      { act: 'Place a card off the grid', how: 'Alt, and drag' },
      { act: 'Add a node at the pointer', how: 'Double-click, or Tab' },
      { act: 'Move the end of a wire', how: 'Drag it; the beginning with Ctrl' },
      { act: 'Bend a wire', how: 'Alt, and click it' },
    ],
  },
  {
    title: 'Without a mouse',
    rows: [
      { act: 'Go from card to card', how: 'Tab' },
      { act: 'Select the card or wire', how: 'Enter' },
      { act: 'Move what is selected', how: 'Arrow keys; with Shift further' },
      { act: 'Lay a wire', how: 'Enter on a socket, Tab, Enter' },
      { act: 'Open the menu of a card or wire', how: 'Menu key, or Shift F10' },
      { act: 'Close or cancel', how: 'Esc' },
    ],
  },
]

/** Every key, as the commands themselves tell it. */
export function KeysDialog() {
  const opened = useApp((state) => state.dialog?.kind === 'keys')
  const close = useApp((state) => state.closeDialog)
  const commands = useCommands((state) => state.commands)
  return (
    <Modal opened={opened} onClose={close} title="Keys" size={760} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={styles.columns}>
        {COMMAND_GROUPS.map((group) => {
          const rows = commands.filter((command) => command.group === group && shownKeys(command).length > 0)
          if (rows.length === 0) return null
          return (
            <section key={group} className={styles.group}>
              <h3>{group}</h3>
              <dl>
                {rows.map((command) => (
                  <div key={command.id} className={styles.row}>
                    <dt>{group === 'Edit' ? plainLabel(labelOf(command)) : labelOf(command)}</dt>
                    <dd>
                      {shownKeys(command).map((chord) => (
                        <Keys key={chord} chord={chord} />
                      ))}
                    </dd>
                  </div>
                ))}
              </dl>
            </section>
          )
        })}
        {GESTURES.map(({ title, rows }) => (
          <section key={title} className={styles.group}>
            <h3>{title}</h3>
            <dl>
              {rows.map(({ act, how }) => (
                <div key={act} className={styles.row}>
                  <dt>{act}</dt>
                  <dd>{how}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}

/** "Undo Move LSTM" is "Undo" here: the list is about keys, not about the last act. */
function plainLabel(label: string): string {
  return /^(Undo|Redo)\b/.exec(label)?.[0] ?? label
}
