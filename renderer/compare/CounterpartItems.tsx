import { Menu } from '@mantine/core'
import { IconArrowsExchange } from '@tabler/icons-react'
import { isOfKind } from '../../engine/compile/counterparts/counterpart'
import { COUNTERPART_KINDS, KIND_TITLES } from '../../engine/compile/counterparts/kinds'
import { useDocument } from '../state/document'
import styles from './CounterpartItems.module.css'
import { duplicateAs } from './counterpartActs'

/** Entries of an open menu: the model on the canvas as each other kind, with as many weights. */
export function CounterpartItems() {
  const document = useDocument((state) => state.document)
  const model = useDocument((state) => state.activeModel)
  const summary = useDocument((state) => state.summary)
  return (
    <>
      <Menu.Label>Another kind, as many weights</Menu.Label>
      {COUNTERPART_KINDS.map((kind) => {
        const isSame = summary !== null && isOfKind(document, model, summary, kind)
        return (
          <Menu.Item
            key={kind}
            leftSection={<IconArrowsExchange size={15} stroke={1.75} />}
            rightSection={isSame ? <span className={styles.reason}>it is one</span> : null}
            disabled={isSame}
            onClick={() => duplicateAs(kind)}
          >
            Duplicate as {KIND_TITLES[kind]}
          </Menu.Item>
        )
      })}
    </>
  )
}
