import { useState } from 'react'
import { whyNotBypassed } from '../../engine/compile/bypass'
import type { Diagnostic } from '../../engine/document/diagnostic'
import type { Model } from '../../engine/document/schema'
import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import type { SwitchSetting } from '../../engine/nodes/settings'
import type { SettingValue } from '../../engine/nodes/validate'
import { setBypassed } from '../canvas/bypassEditing'
import { nodeFacts } from '../nodes/nodeFacts'
import { activeAnalysisOf, activeModelOf, useDocument } from '../state/document'
import styles from './Inspector.module.css'
import { SettingField } from './SettingField'
import { changeFrozen, changeSetting, fieldId } from './settingsEditing'

/** Of every node with weights, beside the settings of its definition. */
const frozenSetting: SwitchSetting = {
  kind: 'switch',
  label: 'Frozen',
  help: 'Training leaves the weights of this node as they are: to keep what it has learnt, or to see how far the rest gets without it.',
  default: false,
}

/** Of every node that something could pass. */
const bypassedSetting: SwitchSetting = {
  kind: 'switch',
  label: 'Bypassed',
  help: 'Leaves this node out: what comes into it goes on to where it leads. Its settings are kept for when it is switched on again.',
  default: false,
}

/** The form made from a definition; with several nodes of one type it edits them together. */
export function SettingsTab({ definition, nodes }: { definition: AnyNodeDefinition; nodes: readonly string[] }) {
  const model = useDocument(activeModelOf)
  const problems = useDocument((state) => activeAnalysisOf(state).problems)
  const automatic = useAutomatic(nodes.length === 1 ? (nodes[0] ?? '') : '')
  const isWeighty = useDocument((state) =>
    nodes.every((node) => (activeAnalysisOf(state).nodes[node]?.parameters ?? 0) > 0 || model.nodes[node]?.frozen),
  )
  const able = nodes.every((node) => whyNotBypassed(model, node) === null)
  const [help, setHelp] = useState<string | null>(null)
  const shown = Object.entries(definition.settings).filter(([, setting]) => {
    return !setting.visible || nodes.every((node) => setting.visible?.(valuesOf(model, node)) ?? true)
  })
  return (
    <div className={styles.form}>
      {shown.map(([key, setting]) => (
        <SettingField
          key={`${nodes.join(',')}:${key}`}
          id={fieldId.setting(key)}
          setting={setting}
          value={sharedValue(nodes.map((node) => valuesOf(model, node)[key] ?? null))}
          automatic={automatic}
          problem={problemOf(problems, nodes, key)}
          onHelp={setHelp}
          onChange={(value) => changeSetting(nodes, key, setting.label, value)}
        />
      ))}
      {isWeighty && (
        <SettingField
          key={`${nodes.join(',')}:frozen`}
          id={fieldId.setting('frozen')}
          setting={frozenSetting}
          value={sharedValue(nodes.map((node) => model.nodes[node]?.frozen === true))}
          automatic={null}
          problem={null}
          onHelp={setHelp}
          onChange={(value) => changeFrozen(nodes, value === true)}
        />
      )}
      {able && (
        <SettingField
          key={`${nodes.join(',')}:bypassed`}
          id={fieldId.setting('bypassed')}
          setting={bypassedSetting}
          value={sharedValue(nodes.map((node) => model.nodes[node]?.bypassed === true))}
          automatic={null}
          problem={null}
          onHelp={setHelp}
          onChange={(value) => setBypassed(nodes, value === true)}
        />
      )}
      {shown.length === 0 && !isWeighty && !able && (
        <p className={styles.dim}>{definition.title} has nothing to set.</p>
      )}
      <p className={styles.help}>{help ?? definition.help.what}</p>
    </div>
  )
}

function valuesOf(model: Model, node: string): Readonly<Record<string, SettingValue>> {
  return nodeFacts(model, node, null)?.settings ?? {}
}

/** The value that all have; undefined when they differ. */
function sharedValue(values: readonly SettingValue[]): SettingValue | undefined {
  const [first] = values
  return values.every((value) => value === first) ? first : undefined
}

function problemOf(problems: readonly Diagnostic[], nodes: readonly string[], setting: string): Diagnostic | null {
  return (
    problems.find(({ place }) => place.kind === 'node' && nodes.includes(place.node) && place.setting === setting) ??
    null
  )
}

/** The size that a setting left on automatic came to: the width of what the node gives. */
function useAutomatic(node: string): number | null {
  return useDocument((state) => {
    const [shape] = Object.values(activeAnalysisOf(state).nodes[node]?.outputs ?? {})
    return shape && 'features' in shape ? shape.features : null
  })
}
