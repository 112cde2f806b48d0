import { assertNever } from '../../engine/base/invariant'
import type { Setting } from '../../engine/nodes/settings'
import { type SettingValue, startingValue } from '../../engine/nodes/validate'
import { formatCount } from '../../engine/nodes/words'

/** A setting's value as people read it: "128", "10 %", "1.0", "automatic", "Tanh", "on". */
export function formatSetting(setting: Setting, value: SettingValue): string {
  const unit = setting.unit ? `\u00a0${setting.unit}` : ''
  switch (setting.kind) {
    case 'integer':
      return value === null ? 'automatic' : `${value}${unit}`
    case 'number':
      return typeof value === 'number' ? `${value.toFixed(decimals(setting.step))}${unit}` : String(value)
    case 'fraction':
      return typeof value === 'number' ? `${Math.round(value * 100)}\u00a0%` : String(value)
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

/** Digits after the point that a step of this size needs, at least one. */
function decimals(step: number): number {
  for (let digits = 1; digits < 6; digits++) {
    if (Number.isInteger(Number((step * 10 ** digits).toPrecision(12)))) return digits
  }
  return 6
}
