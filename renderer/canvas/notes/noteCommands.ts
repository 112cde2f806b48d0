import type { AppCommand } from '../../state/appCommands'
import { useSelection } from '../../state/selection'
import { HUES } from '../groups/groupActs'
import { canvasView } from '../view'
import { addNote, tintNote } from './noteEditing'

/** The one note that is selected alone; null: none, or more than that. */
function onlyNote(): string | null {
  const { nodes, notes } = useSelection.getState()
  return nodes.length === 0 && notes.length === 1 ? (notes[0] ?? null) : null
}

/** What notes offer to the command palette and the keyboard. */
export const noteCommands: readonly AppCommand[] = [
  {
    id: 'note.add',
    label: 'Add a note',
    group: 'Canvas',
    keys: ['N'],
    keywords: ['comment', 'text', 'sticky', 'words'],
    menu: 'addNote',
    enabled: () => canvasView.get().port !== null,
    run: () => addNote(),
  },
  {
    id: 'note.write',
    label: 'Write the note',
    group: 'Canvas',
    keys: ['F2'],
    keywords: ['edit', 'text'],
    menu: 'rename',
    enabled: () => onlyNote() !== null,
    run: () => useSelection.getState().write(onlyNote()),
  },
  ...HUES.map((hue) => ({
    id: `note.tint.${hue}`,
    label: `Colour the note ${hue}`,
    group: 'Canvas' as const,
    keywords: ['hue', 'tint'],
    enabled: () => onlyNote() !== null,
    run: () => {
      const note = onlyNote()
      if (note !== null) tintNote(note, hue)
    },
  })),
]
