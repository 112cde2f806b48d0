import { useState } from 'react'
import type { FractionSetting, NumberSetting } from '../../engine/nodes/settings'
import type { SettingValue } from '../../engine/nodes/validate'
import styles from './ExactField.module.css'
import { leaveField } from './settingsEditing'
import { formatSetting, MIXED, rangeWords, readTyped } from './settingWords'

/** The value of a slider where it can be typed. Enter or leaving the field takes it, Escape leaves it as it was. */
export function ExactField(props: {
  setting: NumberSetting | FractionSetting
  /** undefined: the chosen nodes differ. */
  value: SettingValue | undefined
  invalid: boolean
  onError: (message: string | null) => void
  onChange: (value: number) => void
}) {
  const { setting, value, invalid, onError, onChange } = props
  // null: not being typed.
  const [draft, setDraft] = useState<string | null>(null)
  const shown = value === undefined ? '' : formatSetting(setting, value)

  const take = (): boolean => {
    const wanted = draft === null || draft.trim() === '' ? null : readTyped(setting, draft)
    if (draft !== null && draft.trim() !== '' && wanted === null) {
      onError(`Choose a number ${rangeWords(setting)}.`)
      return false
    }
    if (wanted !== null && wanted !== value) onChange(wanted)
    setDraft(null)
    onError(null)
    leaveField()
    return true
  }
  const giveUp = (): void => {
    setDraft(null)
    onError(null)
  }

  return (
    <input
      className={styles.exact}
      type="text"
      inputMode="decimal"
      autoComplete="off"
      aria-label={`${setting.label}, typed`}
      aria-invalid={invalid}
      placeholder={value === undefined ? MIXED : ''}
      value={draft ?? shown}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setDraft(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take()
        if (event.key === 'Escape') {
          event.stopPropagation()
          giveUp()
        }
      }}
      onBlur={() => {
        if (!take()) giveUp()
      }}
    />
  )
}
