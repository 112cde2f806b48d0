import { assertNever } from '../../engine/base/invariant'
import type { OutlinedLine, OutlinedValue } from '../../engine/compile/outlinePlan'
import { approximately } from '../nodes/approximately'

/** "0 B", "512 B", "1.2 kB", "34 MB": three digits at most, decimal units. */
export function byteWords(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const shown = unit > 0 && value < 9.95 ? value.toFixed(1) : String(Math.round(value))
  return `${shown}\u00a0${units[unit]}`
}

/** "out [T, B, 40]" */
export function valueWords({ name, dims }: OutlinedValue): string {
  return `${name} [${dims.join(', ')}]`
}

/** Where a value lies, for those who want to know exactly. */
export function placeWords({ place, id }: OutlinedValue): string {
  if (place === null) return `%${id} lies nowhere: nothing reads it`
  const where = { parameters: 'the weights', gradients: 'the gradients', feeds: 'the batch', arena: 'working memory' }
  return `%${id} lies ${byteWords(place.byte)} into ${where[place.region]}`
}

/** What stands behind the results: "from %17, %6; rate=0.3; 1.2 million sums". */
export function sourceWords(line: OutlinedLine): string {
  const inputs = line.inputs.flatMap((input) => (input === null ? [] : [`%${input}`]))
  const parts = [
    inputs.length > 0 ? `from ${inputs.join(', ')}` : '',
    line.attributes.join(', '),
    line.flops > 0 ? `${approximately(line.flops)} sums` : '',
    line.scratchBytes > 0 ? `${byteWords(line.scratchBytes)} to work in` : '',
  ]
  return parts.filter(Boolean).join(' · ')
}

export type Part = 'forward' | 'probe' | 'backward'

export function partTitle(part: Part): { title: string; help: string } {
  switch (part) {
    case 'forward':
      return { title: 'Forward', help: 'from the data to the loss' }
    case 'probe':
      return { title: 'Watching', help: 'only on steps that the charts ask for' }
    case 'backward':
      return { title: 'Backward', help: 'from the loss to the gradient of every weight' }
    default:
      return assertNever(part)
  }
}
