import type { DataDefinition } from '../../engine/document/dataSchema'
import { dataSchema } from '../../engine/document/dataSchema'
import { useDocument } from '../state/document'

/** Changes some fields of the data set; typing in one field is one entry of the history. What does not fit is not taken. */
export function changeData(label: string, changes: Readonly<Record<string, unknown>>): void {
  const state = useDocument.getState()
  const changed = changedData(state.document.data, changes)
  if (!changed) return
  const merge = `data:${Object.keys(changes).join(',')}`
  state.apply({ label: `Change ${label}`, edits: [{ kind: 'setData', data: changed }] }, { merge })
}

/** The definition with other values; null when these do not fit its kind. */
export function changedData(data: DataDefinition, changes: Readonly<Record<string, unknown>>): DataDefinition | null {
  const parsed = dataSchema.safeParse({ ...data, ...changes })
  return parsed.success ? parsed.data : null
}

/** Shares in whole per cent: what each part gets when the two borders stand at `training` and `known` (both per cent). */
export function splitAt(training: number, known: number): { training: number; validation: number } {
  return { training: training / 100, validation: Math.max(0, Math.round(known - training)) / 100 }
}
