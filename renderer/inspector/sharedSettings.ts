import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import type { Setting, SettingsSpec } from '../../engine/nodes/settings'

/**
 * The settings that nodes of several types have in common: called alike, of one kind, with the values that all of them take. In the
 * order of the first definition; those of one type alone are its own.
 */
export function sharedSettings(definitions: readonly Pick<AnyNodeDefinition, 'settings'>[]): SettingsSpec {
  const [first, ...others] = definitions
  if (!first || others.length === 0) return first?.settings ?? {}
  const shared = Object.entries(first.settings).flatMap(([key, setting]): [string, Setting][] => {
    let common: Setting | null = setting
    for (const { settings } of others) {
      const other = Object.hasOwn(settings, key) ? settings[key] : undefined
      common = common && other ? commonSetting(common, other) : null
    }
    return common ? [[key, common]] : []
  })
  return Object.fromEntries(shared)
}

/** What two settings both take; null when they do not mean the same or have no value in common. `visible` is each node's own. */
function commonSetting(one: Setting, other: Setting): Setting | null {
  if (one.label !== other.label || one.unit !== other.unit) return null
  switch (one.kind) {
    case 'integer': {
      if (other.kind !== 'integer') return null
      const { startsAutomatic: _, visible: __, ...rest } = one
      const automatic = one.automatic === true && other.automatic === true
      return within({ ...rest, automatic, ...overlap(one, other) })
    }
    case 'number': {
      if (other.kind !== 'number') return null
      const { visible: _, ...rest } = one
      return within({ ...rest, step: Math.max(one.step, other.step), ...overlap(one, other) })
    }
    case 'fraction': {
      if (other.kind !== 'fraction') return null
      const { visible: _, ...rest } = one
      const maximum = Math.min(one.maximum, other.maximum)
      return { ...rest, maximum, default: Math.min(one.default, maximum) }
    }
    case 'choice': {
      if (other.kind !== 'choice') return null
      const options = one.options.filter(({ value }) => other.options.some((option) => option.value === value))
      const [start] = options
      if (!start || options.length < 2) return null
      const { visible: _, ...rest } = one
      const has = options.some(({ value }) => value === one.default)
      return { ...rest, options, default: has ? one.default : start.value }
    }
    case 'switch': {
      const { visible: _, ...rest } = one
      return other.kind === 'switch' ? rest : null
    }
    case 'text': {
      if (other.kind !== 'text') return null
      const { visible: _, ...rest } = one
      return { ...rest, maximumLength: Math.min(one.maximumLength, other.maximumLength) }
    }
  }
}

function overlap(
  one: { minimum: number; maximum: number },
  other: { minimum: number; maximum: number },
): { minimum: number; maximum: number } {
  return { minimum: Math.max(one.minimum, other.minimum), maximum: Math.min(one.maximum, other.maximum) }
}

function within<S extends { minimum: number; maximum: number; default: number }>(setting: S): S | null {
  const { minimum, maximum } = setting
  if (minimum > maximum) return null
  return { ...setting, default: Math.min(maximum, Math.max(minimum, setting.default)) }
}
