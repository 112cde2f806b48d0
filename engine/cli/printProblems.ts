import { assertNever } from '../base/invariant'
import type { Diagnostic, Place } from '../document/diagnostic'

/** A problem as lines: what and where, and how to mend it. */
export function printProblem(problem: Diagnostic): string {
  const lines = [`${problem.severity} ${problem.code}: ${problem.message}`]
  const place = describePlace(problem.place)
  if (place) lines.push(`  at ${place}`)
  if (problem.fix) lines.push(`  fix: ${problem.fix.label}`)
  return lines.join('\n')
}

function describePlace(place: Place): string {
  switch (place.kind) {
    case 'document':
      return ''
    case 'file':
      return [
        `file ${place.path}`,
        ...(place.line === undefined ? [] : [`line ${place.line}`]),
        ...(place.column === undefined ? [] : [`column ${place.column}`]),
      ].join(', ')
    case 'data':
      return place.field === undefined ? 'data' : `data, ${place.field}`
    case 'training':
      return place.field === undefined ? 'training' : `training, ${place.field}`
    case 'model':
      return `model ${place.model}`
    case 'node':
      return `model ${place.model}, node ${place.node}${place.setting === undefined ? '' : `, setting ${place.setting}`}`
    case 'port':
      return `model ${place.model}, node ${place.node}, ${place.side} ${place.port}`
    case 'wire':
      return `model ${place.model}, wire ${place.wire}`
    default:
      return assertNever(place)
  }
}
