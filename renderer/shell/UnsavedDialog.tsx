import { Button, Group, Modal } from '@mantine/core'
import { useApp } from '../state/app'
import { useDocument } from '../state/document'
import styles from './UnsavedDialog.module.css'

/** Asks once before changes would be lost. Esc and the cross mean "stay here". */
export function UnsavedDialog() {
  const dialog = useApp((state) => (state.dialog?.kind === 'unsaved' ? state.dialog : null))
  const name = useDocument((state) => state.document.name)
  return (
    <Modal
      opened={dialog !== null}
      onClose={() => dialog?.answer('cancel')}
      title={`Save “${name}” ${dialog?.after ?? ''}?`}
      size={480}
      closeButtonProps={{ 'aria-label': 'Stay here' }}
    >
      <p className={styles.text}>Its changes are not in a file yet. Without saving they are gone.</p>
      <Group justify="space-between">
        <Button variant="subtle" color="red" onClick={() => dialog?.answer('discard')}>
          Don’t save
        </Button>
        <Group gap="xs">
          <Button variant="default" onClick={() => dialog?.answer('cancel')}>
            Cancel
          </Button>
          <Button data-autofocus onClick={() => dialog?.answer('save')}>
            Save
          </Button>
        </Group>
      </Group>
    </Modal>
  )
}
