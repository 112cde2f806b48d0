import { NumberInput } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '../../engine/nodes/words'
import { leaveField } from './settingsEditing'

/**
 * A number that is typed or stepped. What does not fit yet stays in the field with a sentence; what fits takes hold at once, as one
 * entry of the history until the field is left.
 */
export function NumberField(props: {
  id: string
  value: number | null
  minimum: number
  maximum: number
  step: number
  integer: boolean
  unit: string
  /** Shown while the field is empty: "automatic, 65" or "several values". */
  placeholder: string
  /** An empty field means null; otherwise it must be filled. */
  mayBeEmpty: boolean
  invalid: boolean
  onError: (message: string | null) => void
  onChange: (value: number | null) => void
}) {
  const { id, value, minimum, maximum, step, integer, unit, placeholder, mayBeEmpty, invalid, onError, onChange } =
    props
  // What is being typed while it does not fit; null: the field shows the value.
  const [draft, setDraft] = useState<string | null>(null)

  const take = (typed: string | number): void => {
    const number = typeof typed === 'number' ? typed : Number(typed)
    const empty = typed === ''
    const wrong = empty ? !mayBeEmpty : !fits(number, minimum, maximum, integer)
    setDraft(wrong ? String(typed) : null)
    onError(
      wrong
        ? `Choose ${integer ? 'a whole number' : 'a number'} from ${formatBound(minimum)} to ${formatBound(maximum)}.`
        : null,
    )
    if (!wrong) onChange(empty ? null : number)
  }

  return (
    <NumberInput
      id={id}
      aria-describedby={`${id}-help`}
      aria-invalid={invalid}
      value={draft ?? value ?? ''}
      min={minimum}
      max={maximum}
      step={step}
      clampBehavior="none"
      allowDecimal={!integer}
      decimalScale={integer ? 0 : 8}
      allowNegative={minimum < 0}
      placeholder={placeholder}
      error={invalid}
      suffix={unit && value !== null ? `\u00a0${unit}` : ''}
      onChange={take}
      onBlur={() => {
        setDraft(null)
        onError(null)
        leaveField()
      }}
    />
  )
}

/** Whole numbers in groups of three, small ones as they are. */
function formatBound(value: number): string {
  return Number.isInteger(value) ? formatCount(value) : String(value)
}

function fits(value: number, minimum: number, maximum: number, integer: boolean): boolean {
  return Number.isFinite(value) && value >= minimum && value <= maximum && (!integer || Number.isInteger(value))
}
