import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { useDocument } from '../state/document'
import { FloatingPanel } from './FloatingPanel'
import styles from './RefusalPanel.module.css'
import { canvasView, useCanvasView } from './view'

/** Why a wire was refused, and what would make it fit: one click puts the missing node between. */
export function RefusalPanel() {
  const refusal = useCanvasView((view) => view.refusal)
  if (!refusal) return null
  const close = (): void => {
    canvasView.set({ refusal: null })
    canvasView.get().port?.focusCanvas()
  }
  return (
    <FloatingPanel at={refusal.at} onClose={close} width={300} label="This wire does not fit">
      <div className={styles.body}>
        <IconPlugConnectedX className={styles.icon} size={18} aria-hidden="true" />
        <p>{refusal.message}</p>
      </div>
      <div className={styles.buttons}>
        {refusal.adapters.map((act, index) => (
          <Button
            key={act.label}
            size="xs"
            variant={index === 0 ? 'filled' : 'default'}
            onClick={() => {
              close()
              useDocument.getState().apply(act)
            }}
          >
            {act.label}
          </Button>
        ))}
        <Button size="xs" variant="subtle" onClick={close}>
          {refusal.adapters.length > 0 ? 'Leave it' : 'Close'}
        </Button>
      </div>
    </FloatingPanel>
  )
}
