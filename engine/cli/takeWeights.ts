import type { Diagnostic } from '../document/diagnostic'
import type { TensorFile } from '../export/safetensors'
import { fillWeights } from '../export/weights'
import type { OpenRun } from '../host/openRun'
import { UserFailure } from './command'

/** Puts the weights of a file into an opened run; returns warnings. Weights of another model end the command. */
export function takeWeights(
  { session, plans, data }: OpenRun,
  { file, path }: { file: TensorFile; path: string },
): Diagnostic[] {
  const block = session.weights()
  const filled = fillWeights(plans.predict, file.tensors, block, path)
  if (!filled.ok) throw new UserFailure(filled.problems)
  session.setWeights(block)
  if (file.metadata.data === undefined || file.metadata.data === data.summary.fingerprint) return []
  return [
    {
      code: 'weights.otherData',
      severity: 'warning',
      message: `The weights in ${path} were trained on other data than the document's now; the figures may flatter or wrong them.`,
      place: { kind: 'file', path },
    },
  ]
}
