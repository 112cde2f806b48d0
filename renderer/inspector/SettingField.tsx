import { Select, Slider, Switch, TextInput } from '@mantine/core'
import { IconMinus } from '@tabler/icons-react'
import { useState } from 'react'
import { assertNever } from '../../engine/base/invariant'
import type { Diagnostic } from '../../engine/document/diagnostic'
import type {
  ChoiceSetting,
  FractionSetting,
  IntegerSetting,
  NumberSetting,
  Setting,
  TextSetting,
} from '../../engine/nodes/settings'
import { type SettingValue, startingValue } from '../../engine/nodes/validate'
import { ExactField } from './ExactField'
import { FieldRow } from './FieldRow'
import { NumberField } from './NumberField'
import styles from './SettingField.module.css'
import { leaveField } from './settingsEditing'
import { boundsWords, formatSetting, MIXED, settingNote } from './settingWords'

export interface SettingFieldProps {
  id: string
  setting: Setting
  /** undefined: the chosen nodes differ. */
  value: SettingValue | undefined
  /** What automatic comes to; null while nobody knows. */
  automatic: number | null
  problem: Diagnostic | null
  onHelp: (help: string) => void
  onChange: (value: SettingValue) => void
  /** The way back; null: there already. Absent: back to the setting's own default. */
  reset?: { label: string; run: () => void } | null
}

/** The control that a setting's kind asks for. */
export function SettingField(props: SettingFieldProps) {
  const { id, setting, value, problem, onHelp, onChange } = props
  const [error, setError] = useState<string | null>(null)
  const start = startingValue(setting)
  const changed = value !== undefined && value !== start
  const ownReset = changed ? { label: `Reset to ${formatSetting(setting, start)}`, run: () => onChange(start) } : null
  return (
    <FieldRow
      id={id}
      label={setting.label}
      note={settingNote(setting, value)}
      noteField={
        setting.kind === 'number' || setting.kind === 'fraction' ? (
          <ExactField setting={setting} value={value} invalid={error !== null} onError={setError} onChange={onChange} />
        ) : null
      }
      help={`${setting.help} ${boundsWords(setting)}`.trim()}
      reset={props.reset === undefined ? ownReset : props.reset}
      error={error}
      problem={problem}
      onHelp={onHelp}
    >
      <Control {...props} invalid={error !== null || problem?.severity === 'error'} onError={setError} />
    </FieldRow>
  )
}

type ControlProps = SettingFieldProps & { invalid: boolean; onError: (message: string | null) => void }

function Control(props: ControlProps) {
  const { setting } = props
  switch (setting.kind) {
    case 'integer':
      return <IntegerControl {...props} setting={setting} />
    case 'number':
    case 'fraction':
      return <SliderControl {...props} setting={setting} />
    case 'choice':
      return <ChoiceControl {...props} setting={setting} />
    case 'switch':
      return <SwitchControl {...props} />
    case 'text':
      return <TextControl {...props} setting={setting} />
    default:
      return assertNever(setting)
  }
}

function IntegerControl({
  id,
  setting,
  value,
  automatic,
  invalid,
  onError,
  onChange,
}: ControlProps & { setting: IntegerSetting }) {
  const known = automatic === null ? 'automatic' : `automatic: ${automatic}`
  return (
    <NumberField
      id={id}
      value={typeof value === 'number' ? value : null}
      minimum={setting.minimum}
      maximum={setting.maximum}
      step={setting.maximum > 256 ? 8 : 1}
      integer
      unit={value === 0 && setting.zero !== undefined ? '' : (setting.unit ?? '')}
      placeholder={value === undefined ? MIXED : setting.automatic ? known : ''}
      mayBeEmpty={setting.automatic ?? false}
      invalid={invalid}
      onError={onError}
      onChange={onChange}
    />
  )
}

function SliderControl({ id, setting, value, onChange }: ControlProps & { setting: NumberSetting | FractionSetting }) {
  const [low, high, step] =
    setting.kind === 'number' ? [setting.minimum, setting.maximum, setting.step] : [0, setting.maximum, 0.01]
  const shown = typeof value === 'number' ? value : setting.default
  return (
    <Slider
      min={low}
      max={high}
      step={step}
      value={shown}
      label={null}
      thumbProps={{
        id,
        'aria-labelledby': `${id}-label`,
        'aria-describedby': `${id}-help`,
        'aria-valuetext': value === undefined ? MIXED : formatSetting(setting, shown),
      }}
      classNames={value === undefined ? { root: styles.mixed ?? '' } : {}}
      onChange={(next) => onChange(Number(next.toFixed(6)))}
      onChangeEnd={leaveField}
    />
  )
}

function ChoiceControl({ id, setting, value, onChange }: ControlProps & { setting: ChoiceSetting }) {
  const hint = setting.options.find((option) => option.value === value)?.help
  return (
    <Select
      id={id}
      aria-describedby={`${id}-help`}
      data={setting.options.map((option) => ({ value: option.value, label: option.label }))}
      value={typeof value === 'string' ? value : null}
      placeholder={value === undefined ? MIXED : ''}
      description={hint}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      renderOption={({ option }) => (
        <Option label={option.label} help={setting.options.find(({ value: one }) => one === option.value)?.help} />
      )}
      onChange={(next) => {
        if (next !== null) onChange(next)
        leaveField()
      }}
    />
  )
}

function Option({ label, help }: { label: string; help: string | undefined }) {
  return (
    <span className={styles.option}>
      <span>{label}</span>
      {help && <span className={styles.optionHelp}>{help}</span>}
    </span>
  )
}

function TextControl({ id, setting, value, invalid, onChange }: ControlProps & { setting: TextSetting }) {
  return (
    <TextInput
      id={id}
      aria-describedby={`${id}-help`}
      value={typeof value === 'string' ? value : ''}
      maxLength={setting.maximumLength}
      placeholder={value === undefined ? MIXED : setting.placeholder}
      error={invalid}
      onChange={(event) => onChange(event.currentTarget.value)}
      onBlur={leaveField}
    />
  )
}

function SwitchControl({ id, value, onChange }: ControlProps) {
  return (
    <Switch
      id={id}
      aria-describedby={`${id}-help`}
      checked={value === true}
      thumbIcon={value === undefined ? <IconMinus size={10} stroke={3} color="var(--text)" /> : null}
      onChange={(event) => {
        onChange(event.currentTarget.checked)
        leaveField()
      }}
    />
  )
}
