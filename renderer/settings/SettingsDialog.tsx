import { ActionIcon, Button, Modal, SegmentedControl, Select, Tooltip } from '@mantine/core'
import { IconMinus, IconPlus } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { chordWords } from '../shell/chords'
import { isMac } from '../shell/platform'
import { useApp } from '../state/app'
import { MAX_THREADS, type MotionChoice, NORMAL_SCALE, nextScale, type ThemeChoice } from '../state/appLayout'
import styles from './SettingsDialog.module.css'

const THEMES: readonly { value: ThemeChoice; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

const MOTIONS: readonly { value: MotionChoice; label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'less', label: 'Less' },
  { value: 'full', label: 'Full' },
]

/** What holds for the whole window and every document; kept on this computer, not in the document. */
export function SettingsDialog() {
  const opened = useApp((state) => state.dialog?.kind === 'settings')
  const close = useApp((state) => state.closeDialog)
  return (
    <Modal opened={opened} onClose={close} title="Settings" size={560} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className={styles.rows}>
        <Row label="Theme" help="Light or dark, everywhere in the window.">
          <Choice label="Theme" options={THEMES} value={useApp((state) => state.theme)} onChange={setTheme} />
        </Row>
        <Row
          label="Size of everything"
          help={`Text, buttons and cards. Also ${chordWords('Mod+=', isMac())} and ${chordWords('Mod+-', isMac())}, at any time.`}
        >
          <Scale />
        </Row>
        <Row
          label="Motion"
          help="Less motion: views jump instead of gliding, nothing breathes or flows while it trains."
        >
          <Choice label="Motion" options={MOTIONS} value={useApp((state) => state.motion)} onChange={setMotion} />
        </Row>
        <Row
          label="Processor cores for training"
          help="Fewer leave room for other programs. The result is the same, digit for digit."
        >
          <Threads />
        </Row>
      </div>
      <p className={styles.foot}>
        Kept on this computer. How a model is trained stands in its document: the inspector shows it when nothing is
        selected ({chordWords('Mod+T', isMac())}).
      </p>
    </Modal>
  )
}

const setTheme = (theme: ThemeChoice) => useApp.getState().setTheme(theme)
const setMotion = (motion: MotionChoice) => useApp.getState().setMotion(motion)

function Row({ label, help, children }: { label: string; help: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <div className={styles.words}>
        <span className={styles.label}>{label}</span>
        <span className={styles.help}>{help}</span>
      </div>
      <div className={styles.control}>{children}</div>
    </div>
  )
}

function Choice<T extends string>(props: {
  label: string
  options: readonly { value: T; label: string }[]
  value: T
  onChange: (value: T) => void
}) {
  const { label, options, value, onChange } = props
  return (
    <SegmentedControl
      aria-label={label}
      fullWidth
      data={options.map((option) => ({ ...option }))}
      value={value}
      onChange={(chosen) => {
        const found = options.find((option) => option.value === chosen)
        if (found) onChange(found.value)
      }}
    />
  )
}

function Scale() {
  const scale = useApp((state) => state.scale)
  const setScale = useApp((state) => state.setScale)
  const step = (by: 1 | -1) => ({
    disabled: nextScale(scale, by) === scale,
    onClick: () => setScale(nextScale(scale, by)),
  })
  return (
    <div className={styles.scale}>
      <Tooltip label="Smaller">
        <ActionIcon variant="default" aria-label="Smaller" {...step(-1)}>
          <IconMinus size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <output className={styles.percent} aria-live="polite">
        {scale} %
      </output>
      <Tooltip label="Larger">
        <ActionIcon variant="default" aria-label="Larger" {...step(1)}>
          <IconPlus size={16} stroke={1.75} />
        </ActionIcon>
      </Tooltip>
      <Button
        variant="subtle"
        size="xs"
        disabled={scale === NORMAL_SCALE}
        onClick={() => setScale(NORMAL_SCALE)}
        className={styles.reset ?? ''}
      >
        Reset to {NORMAL_SCALE} %
      </Button>
    </div>
  )
}

function Threads() {
  const threads = useApp((state) => state.threads)
  const setThreads = useApp((state) => state.setThreads)
  const most = Math.min(MAX_THREADS, Math.max(navigator.hardwareConcurrency, threads ?? 1))
  const counts = Array.from({ length: most }, (_, index) => String(index + 1))
  return (
    <Select
      aria-label="Processor cores for training"
      data={[
        { value: 'automatic', label: 'Automatic: as many as make it faster' },
        ...counts.map((count) => ({ value: count, label: count === '1' ? '1 core' : `${count} cores` })),
      ]}
      value={threads === null ? 'automatic' : String(threads)}
      onChange={(value) => setThreads(value === null || value === 'automatic' ? null : Number(value))}
    />
  )
}
