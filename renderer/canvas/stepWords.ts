import { pluralWord } from '../../engine/nodes/words'
import type { StepWords } from '../../engine/telemetry/verdict'
import { useDocument } from '../state/document'

/** One time step of the open document's data in its own words; "step" while the data are not read. */
export function stepWords(): StepWords {
  const one = useDocument.getState().summary?.stepWord ?? 'step'
  return { one, many: pluralWord(one) }
}
