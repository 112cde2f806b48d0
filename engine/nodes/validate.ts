import { assertNever } from '../base/invariant'
import type { AnyNodeDefinition, NodeProblem } from './defineNode'
import type { Setting, SettingsSpec, SettingValues } from './settings'

/** A setting that cannot be used, and the nearest value that can. */
export interface SettingProblem extends NodeProblem {
  setting: string
  suggested: SettingValue
}

export type SettingValue = SettingValues<SettingsSpec>[string]

export interface ReadSettings {
  /** Every setting of the definition: what the file says where it can be used, else the suggestion, else the default. */
  values: SettingValues<SettingsSpec>
  problems: SettingProblem[]
}

/**
 * Reads a node's settings out of a file that nobody has checked. Settings that the definition does not know are left alone: they may
 * come from a newer version.
 * @param title what the user calls the node
 */
export function readSettings(
  definition: Pick<AnyNodeDefinition, 'settings' | 'title'>,
  raw: Readonly<Record<string, unknown>>,
  title: string = definition.title,
): ReadSettings {
  const problems: SettingProblem[] = []
  const values = Object.entries(definition.settings).map(([key, setting]) => {
    const given = Object.hasOwn(raw, key) ? raw[key] : undefined
    if (given === undefined) return [key, startingValue(setting)] as const
    const reading = readSetting(setting, given)
    if (reading.wrong === null) return [key, reading.value] as const
    problems.push({
      code: 'setting.invalid',
      message: `${title}: “${setting.label}” ${reading.wrong}, not ${quote(given)}.`,
      setting: key,
      suggested: reading.value,
    })
    return [key, reading.value] as const
  })
  return { values: Object.fromEntries(values), problems }
}

/** What a new node has, and what an absent setting means. */
export function startingValue(setting: Setting): SettingValue {
  return setting.kind === 'integer' && setting.startsAutomatic === true ? null : setting.default
}

/** One value as the setting wants it; `wrong` says what it must be when it is not. For the inspector's fields too. */
export function readSetting(setting: Setting, given: unknown): { value: SettingValue; wrong: string | null } {
  switch (setting.kind) {
    case 'integer': {
      if (setting.automatic === true && given === null) return { value: null, wrong: null }
      const range = `must be a whole number from ${setting.minimum} to ${setting.maximum}`
      const wrong = setting.automatic === true ? `${range}, or automatic` : range
      return readNumber(setting, given, wrong, Number.isInteger, Math.round)
    }
    case 'number':
      return readNumber(setting, given, `must be a number from ${setting.minimum} to ${setting.maximum}`)
    case 'fraction': {
      const wrong = `must be between 0 and ${Number((setting.maximum * 100).toFixed(4))} %`
      return readNumber({ ...setting, minimum: 0 }, given, `${wrong} (written 0 to ${setting.maximum})`)
    }
    case 'choice': {
      const option = setting.options.find(({ value }) => value === given)
      if (option) return { value: option.value, wrong: null }
      const names = setting.options.map(({ value }) => quote(value)).join(', ')
      return { value: setting.default, wrong: `must be one of ${names}` }
    }
    case 'switch':
      if (typeof given === 'boolean') return { value: given, wrong: null }
      return { value: setting.default, wrong: 'must be on or off (true or false)' }
    case 'text': {
      const wrong = `must be a text of at most ${setting.maximumLength} characters`
      if (typeof given !== 'string') return { value: setting.default, wrong }
      const value = given.slice(0, setting.maximumLength)
      return { value, wrong: value === given ? null : wrong }
    }
    default:
      return assertNever(setting)
  }
}

function readNumber(
  range: { minimum: number; maximum: number; default: number },
  given: unknown,
  wrong: string,
  fits: (value: number) => boolean = Number.isFinite,
  nearest: (value: number) => number = (value) => value,
): { value: SettingValue; wrong: string | null } {
  if (typeof given !== 'number' || !Number.isFinite(given)) return { value: range.default, wrong }
  const value = nearest(Math.min(range.maximum, Math.max(range.minimum, given)))
  return { value, wrong: fits(given) && value === given ? null : wrong }
}

/** A value from a file as the user would see it there, short enough for a sentence. */
function quote(value: unknown): string {
  if (typeof value === 'number') return String(value)
  const text = typeof value === 'string' ? `“${value}”` : (JSON.stringify(value) ?? String(value))
  return text.length > 40 ? `${text.slice(0, 39)}…` : text
}
