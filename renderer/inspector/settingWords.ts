import { assertNever } from '../../engine/base/invariant'
import type { FractionSetting, NumberSetting, Setting } from '../../engine/nodes/settings'
import { type SettingValue, startingValue } from '../../engine/nodes/validate'
import { formatCount } from '../../engine/nodes/words'

/** A setting's value as people read it: "128", "10 %", "1.0", "automatic", "Tanh", "on". */
export function formatSetting(setting: Setting, value: SettingValue): string {
  const unit = setting.unit ? `\u00a0${setting.unit}` : ''
  switch (setting.kind) {
    case 'integer':
      if (value === null) return 'automatic'
      return value === 0 && setting.zero !== undefined ? setting.zero : `${value}${unit}`
    case 'number':
      return typeof value === 'number' ? `${written(value, decimals(setting.step))}${unit}` : String(value)
    case 'fraction':
      return typeof value === 'number' ? `${written(value * 100, 0)}\u00a0%` : String(value)
    case 'choice':
      return setting.options.find((option) => option.value === value)?.label ?? String(value)
    case 'switch':
      return value === true ? 'on' : 'off'
    case 'text':
      return value === '' ? setting.placeholder : String(value)
    default:
      return assertNever(setting)
  }
}

/** What stands where the chosen nodes differ. */
export const MIXED = 'mixed'

/** The last sentence of a setting's help: "From 1 to 2 048; starts at 64." */
export function boundsWords(setting: Setting): string {
  const start = formatSetting(setting, startingValue(setting))
  switch (setting.kind) {
    case 'integer':
      return `From ${formatCount(setting.minimum)} to ${formatCount(setting.maximum)}; starts at ${start}.`
    case 'number':
      return `From ${setting.minimum} to ${setting.maximum}; starts at ${start}.`
    case 'fraction':
      return `From 0 to ${formatSetting(setting, setting.maximum)}; starts at ${start}.`
    case 'choice':
      return `Starts as “${start}”.`
    case 'switch':
      return `Starts ${start}.`
    case 'text':
      return ''
    default:
      return assertNever(setting)
  }
}

/**
 * What stands right of a label: the range of a number field, the value of a slider, nothing where the control says it all.
 * `value` undefined: several nodes are chosen and differ.
 */
export function settingNote(setting: Setting, value: SettingValue | undefined): string {
  switch (setting.kind) {
    case 'integer':
      if (value === 0 && setting.zero !== undefined) return setting.zero
      return `${formatCount(setting.minimum)}–${formatCount(setting.maximum)}`
    case 'number':
    case 'fraction':
      return value === undefined ? MIXED : formatSetting(setting, value)
    case 'switch':
      return value === undefined ? MIXED : ''
    case 'choice':
    case 'text':
      return ''
    default:
      return assertNever(setting)
  }
}

/** What a typed text asks for, with or without its unit, a comma or a point; null: not a number that the setting takes. */
export function readTyped(setting: NumberSetting | FractionSetting, text: string): number | null {
  const unit = setting.kind === 'fraction' ? '%' : (setting.unit ?? '')
  const bare = text.replace(/\s/g, '').replace(',', '.')
  const digits = unit !== '' && bare.endsWith(unit) ? bare.slice(0, -unit.length) : bare
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(digits)) return null
  const value = Number((Number(digits) / (setting.kind === 'fraction' ? 100 : 1)).toFixed(6))
  const minimum = setting.kind === 'fraction' ? 0 : setting.minimum
  return value >= minimum && value <= setting.maximum ? value : null
}

/** "From 0 to 90 %" */
export function rangeWords(setting: NumberSetting | FractionSetting): string {
  const minimum = setting.kind === 'fraction' ? 0 : setting.minimum
  return `from ${minimum} to ${formatSetting(setting, setting.maximum)}`
}

/** With at least so many digits after the point, and as many more as the value has. */
function written(value: number, digits: number): string {
  const exact = String(Number(value.toFixed(4)))
  return (exact.split('.')[1] ?? '').length > digits ? exact : value.toFixed(digits)
}

/** Digits after the point that a step of this size needs, at least one. */
function decimals(step: number): number {
  for (let digits = 1; digits < 6; digits++) {
    if (Number.isInteger(Number((step * 10 ** digits).toPrecision(12)))) return digits
  }
  return 6
}
