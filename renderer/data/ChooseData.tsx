import { Modal } from '@mantine/core'
import { dataset } from '../../engine/nodes/dataset/dataset'
import { PickList, type PickOption } from '../canvas/PickList'
import { useApp } from '../state/app'
import { type SampleData, takeSampleData, useSampleData } from './sampleData'

/** Which data the document learns from: those that come with the app, found by their name. */
export function ChooseData() {
  const opened = useApp((state) => state.dialog?.kind === 'chooseData')
  const close = useApp((state) => state.closeDialog)
  return (
    <Modal
      opened={opened}
      onClose={close}
      title="Choose the data"
      size={460}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {opened && <Choices onDone={close} />}
    </Modal>
  )
}

function Choices({ onDone }: { onDone: () => void }) {
  const all = useSampleData((samples) => samples.all)
  return (
    <PickList
      label="Name of the data"
      listLabel="Data that come with Unroll"
      placeholder="Name, or what is to be learned"
      nothing="No data of that name come with Unroll."
      find={(text) => [{ title: 'Comes with Unroll', options: answers(all, text) }]}
      onChoose={(id) => {
        const chosen = all.find((one) => one.id === id)
        onDone()
        if (chosen) takeSampleData(chosen)
      }}
    />
  )
}

function answers(all: readonly SampleData[], text: string): PickOption[] {
  const words = text.trim().toLowerCase()
  const { letter, category } = dataset
  return all
    .filter(({ title, summary }) => `${title} ${summary}`.toLowerCase().includes(words))
    .map(({ id, title, summary }) => ({ key: id, letter, category, name: title, summary }))
}
