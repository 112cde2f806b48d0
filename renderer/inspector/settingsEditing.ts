import type { Edit } from '../../engine/document/edits'
import type { TrainingSettings } from '../../engine/document/trainingSchema'
import type { SettingValue } from '../../engine/nodes/validate'
import { titleOf } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'

/** Ids of the form fields, so that a problem can be jumped to. */
export const fieldId = {
  setting: (setting: string): string => `setting-${setting}`,
  training: (field: string): string => `training-${field}`,
}

/** Gives one setting of the chosen nodes a value; typing in the field is one entry of the history. */
export function changeSetting(nodes: readonly string[], setting: string, label: string, value: SettingValue): void {
  const state = useDocument.getState()
  const model = activeModelOf(state)
  const edits = nodes.map((node): Edit => ({ kind: 'setSetting', model: model.id, node, setting, value }))
  const [first] = nodes
  const only = nodes.length === 1 && first !== undefined ? model.nodes[first] : undefined
  const of = only ? titleOf(only) : `${nodes.length} nodes`
  state.apply({ label: `Change ${label} of ${of}`, edits }, { merge: `setting:${nodes.join(',')}:${setting}` })
}

/** Gives one setting of each node a value of its own, as one entry of the history. */
export function changeSettingEach(
  setting: string,
  label: string,
  values: readonly { node: string; value: SettingValue }[],
): void {
  const state = useDocument.getState()
  const model = activeModelOf(state)
  const edits = values.map(({ node, value }): Edit => ({ kind: 'setSetting', model: model.id, node, setting, value }))
  const [first] = values
  const only = values.length === 1 && first ? model.nodes[first.node] : undefined
  state.apply({ label: `Reset ${label} of ${only ? titleOf(only) : `${values.length} nodes`}`, edits })
}

/** Lets training leave the weights of the chosen nodes as they are, or move them again. */
export function changeFrozen(nodes: readonly string[], frozen: boolean): void {
  const state = useDocument.getState()
  const model = activeModelOf(state)
  const edits = nodes.map((node): Edit => ({ kind: 'setFrozen', model: model.id, node, frozen }))
  const [first] = nodes
  const only = nodes.length === 1 && first !== undefined ? model.nodes[first] : undefined
  const of = only ? titleOf(only) : `${nodes.length} nodes`
  state.apply({ label: `${frozen ? 'Freeze' : 'Let learn'} ${of}`, edits })
}

export function changeTraining(label: string, changes: Partial<TrainingSettings>): void {
  const merge = `training:${Object.keys(changes).join(',')}`
  useDocument.getState().apply({ label: `Change ${label}`, edits: [{ kind: 'setTraining', changes }] }, { merge })
}

/** The field was left: the next change is an entry of its own. */
export function leaveField(): void {
  useDocument.getState().endMerge()
}
