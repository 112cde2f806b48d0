import { ActionIcon, Tooltip } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp } from '@tabler/icons-react'
import { useDocument } from '../state/document'
import { chordWords } from './chords'
import { isMac } from './platform'

/** Undo and redo; the tooltip names the act. */
export function HistoryButtons() {
  const last = useDocument((state) => state.past.at(-1))
  const next = useDocument((state) => state.future[0])
  const undo = useDocument((state) => state.undo)
  const redo = useDocument((state) => state.redo)
  const mac = isMac()
  return (
    <>
      <Tooltip label={last === undefined ? 'Nothing to undo' : `Undo: ${last} (${chordWords('Mod+Z', mac)})`}>
        <ActionIcon aria-label="Undo" disabled={last === undefined} onClick={undo}>
          <IconArrowBackUp size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={next === undefined ? 'Nothing to redo' : `Redo: ${next} (${chordWords('Mod+Shift+Z', mac)})`}>
        <ActionIcon aria-label="Redo" disabled={next === undefined} onClick={redo}>
          <IconArrowForwardUp size={18} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}
