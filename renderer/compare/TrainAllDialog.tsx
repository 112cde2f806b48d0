import { Button, Group, Modal } from '@mantine/core'
import { useApp } from '../state/app'
import { useDocument } from '../state/document'
import { useCompare } from './compareStore'
import styles from './TrainAllDialog.module.css'

/** Names the models that cannot be trained before the others are. */
export function TrainAllDialog() {
  const question = useCompare((state) => state.question)
  const cancel = useCompare((state) => state.cancelQuestion)
  const confirm = useCompare((state) => state.confirm)
  const broken = question?.broken ?? []
  const sound = question?.sound ?? 0
  const [first] = broken
  const showFirst = () => {
    cancel()
    if (!first) return
    useDocument.getState().setActiveModel(first.model)
    useApp.getState().showDock('problems')
  }
  return (
    <Modal
      opened={question !== null}
      onClose={cancel}
      title={
        broken.length === 1
          ? 'One model cannot be trained as it is'
          : `${broken.length} models cannot be trained as they are`
      }
      size={520}
      closeButtonProps={{ 'aria-label': 'Cancel' }}
    >
      <ul className={styles.list}>
        {broken.map(({ model, name, message }) => (
          <li key={model}>
            <strong>{name}</strong>
            <span>{message}</span>
          </li>
        ))}
      </ul>
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={cancel}>
          Cancel
        </Button>
        <Button
          variant={sound > 0 ? 'default' : 'filled'}
          data-autofocus={sound === 0 || undefined}
          onClick={showFirst}
        >
          Show the problem
        </Button>
        {sound > 0 ? (
          <Button data-autofocus onClick={confirm}>
            {sound === 1 ? 'Train the other one' : `Train the other ${sound}`}
          </Button>
        ) : null}
      </Group>
    </Modal>
  )
}
