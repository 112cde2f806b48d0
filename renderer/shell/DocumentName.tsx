import { Tooltip } from '@mantine/core'
import { useApp } from '../state/app'
import { useDocument } from '../state/document'
import styles from './DocumentName.module.css'
import { renameDocumentAct } from './modelActs'
import { NameField } from './NameField'

/** The document's name with its unsaved mark; a click renames it. */
export function DocumentName() {
  const name = useDocument((state) => state.document.name)
  const unsaved = useDocument((state) => state.unsaved)
  const renaming = useApp((state) => state.renamingDocument)
  const setRenaming = useApp((state) => state.renameDocument)
  if (renaming) {
    return (
      <NameField
        value={name}
        label="Name of the document"
        onCancel={() => setRenaming(false)}
        onDone={(typed) => {
          setRenaming(false)
          const state = useDocument.getState()
          const act = renameDocumentAct(state.document, typed)
          if (act) state.apply(act)
        }}
      />
    )
  }
  return (
    <Tooltip label={unsaved ? 'Has changes that are not saved. Click to rename.' : 'Click to rename'}>
      <button type="button" className={styles.name} onClick={() => setRenaming(true)}>
        <span className={styles.text}>{name === '' ? 'Untitled' : name}</span>
        {unsaved ? (
          <>
            <span className={styles.mark} aria-hidden="true" />
            <span className="visuallyHidden">, unsaved</span>
          </>
        ) : null}
      </button>
    </Tooltip>
  )
}
