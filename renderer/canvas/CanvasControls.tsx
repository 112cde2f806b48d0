import { ActionIcon, Tooltip } from '@mantine/core'
import { IconFocusCentered, IconMinus, IconPlus } from '@tabler/icons-react'
import { Panel, useStore } from '@xyflow/react'
import styles from './CanvasControls.module.css'
import { canvasView } from './view'

/** Zoom and fit, in the corner of the canvas. */
export function CanvasControls() {
  const zoom = useStore((store) => Math.round(store.transform[2] * 100))
  const port = () => canvasView.get().port
  return (
    <Panel position="bottom-left" className={styles.bar ?? ''}>
      <Tooltip label="Zoom out">
        <ActionIcon size={28} aria-label="Zoom out" onClick={() => port()?.zoomBy(1 / 1.25)}>
          <IconMinus size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Back to 100 % (Ctrl+0)">
        <button
          type="button"
          className={styles.zoom}
          aria-label={`Zoom ${zoom} %, back to 100 %`}
          onClick={() => port()?.zoomTo(1)}
        >
          {zoom} %
        </button>
      </Tooltip>
      <Tooltip label="Zoom in">
        <ActionIcon size={28} aria-label="Zoom in" onClick={() => port()?.zoomBy(1.25)}>
          <IconPlus size={16} />
        </ActionIcon>
      </Tooltip>
      <span className={styles.gap} />
      <Tooltip label="Fit the model into view (Ctrl+1)">
        <ActionIcon size={28} aria-label="Fit the model into view" onClick={() => port()?.fit()}>
          <IconFocusCentered size={16} />
        </ActionIcon>
      </Tooltip>
    </Panel>
  )
}
