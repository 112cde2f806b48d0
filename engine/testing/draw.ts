import { assertNever, present } from '../base/invariant'
import type { AnyNodeDefinition } from '../nodes/defineNode'
import type { Setting } from '../nodes/settings'

/** Draws from 0 … limit − 1; made from a list of numbers, so that fast-check can shrink a failing graph. */
export type Draw = (limit: number) => number

export function drawFrom(numbers: readonly number[]): Draw {
  let next = 0
  return (limit) => {
    const number = numbers[next % numbers.length] ?? 0
    // Once round, every further pass gives other numbers, or short lists would repeat themselves.
    const turn = Math.floor(next / numbers.length)
    next++
    return (number + turn * 7) % limit
  }
}

/** Valid settings of a node, of which it may leave any at their default. */
export function drawSettings(definition: AnyNodeDefinition, draw: Draw): Record<string, unknown> {
  const entries = Object.entries(definition.settings).filter(() => draw(5) > 0)
  return Object.fromEntries(entries.map(([key, setting]) => [key, drawSetting(setting, draw)]))
}

/** A valid value; integers stay small, for tests run what they make. */
export function drawSetting(setting: Setting, draw: Draw): unknown {
  switch (setting.kind) {
    case 'integer':
      return Math.min(setting.maximum, setting.minimum + draw(11))
    case 'number':
      return setting.minimum + ((setting.maximum - setting.minimum) * draw(101)) / 100
    case 'fraction':
      return (setting.maximum * draw(11)) / 10
    case 'choice':
      return present(setting.options[draw(setting.options.length)], 'a choice has options').value
    case 'switch':
      return draw(2) === 1
    case 'text':
      return ['', 'tag 1', 'class 2', 'nothing like it'][draw(4)] ?? ''
    default:
      return assertNever(setting)
  }
}
