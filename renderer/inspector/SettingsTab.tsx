import { useMemo, useState } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { whyNotBypassed } from '../../engine/compile/bypass'
import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import type { Setting, SwitchSetting } from '../../engine/nodes/settings'
import { type SettingValue, startingValue } from '../../engine/nodes/validate'
import { setBypassed } from '../canvas/bypassEditing'
import { knownFacts, type NodeFacts } from '../nodes/nodeFacts'
import { activeAnalysisOf, activeModelOf, useDocument } from '../state/document'
import styles from './Inspector.module.css'
import { SettingField } from './SettingField'
import { changeFrozen, changeSetting, changeSettingEach, fieldId } from './settingsEditing'
import { formatSetting } from './settingWords'
import { sharedSettings } from './sharedSettings'

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

/** The form made from definitions: of one node its own settings, of several what they have in common, set together. */
export function SettingsTab(props: { definitions: readonly AnyNodeDefinition[]; nodes: readonly string[] }) {
  const { definitions, nodes } = props
  const summary = useDocument((state) => state.summary)
  // No more than these nodes: the form is not made anew with every wire that is laid elsewhere.
  const own = useDocument(useShallow((state) => nodes.flatMap((id) => activeModelOf(state).nodes[id] ?? [])))
  const problems = useDocument(
    useShallow((state) =>
      activeAnalysisOf(state).problems.filter(({ place }) => place.kind === 'node' && nodes.includes(place.node)),
    ),
  )
  const automatic = useAutomatic(nodes.length === 1 ? (nodes[0] ?? '') : '')
  const isWeighty = useDocument((state) =>
    nodes.every((id) => {
      const frozen = activeModelOf(state).nodes[id]?.frozen === true
      return frozen || (activeAnalysisOf(state).nodes[id]?.parameters ?? 0) > 0
    }),
  )
  const able = useDocument((state) => nodes.every((id) => whyNotBypassed(activeModelOf(state), id) === null))
  const facts = own.flatMap((node) => knownFacts(node, summary) ?? [])
  const [help, setHelp] = useState<string | null>(null)
  const settings = useMemo(() => sharedSettings(definitions), [definitions])
  const shown = Object.entries(settings).filter(([key]) => facts.every((one) => isVisible(one, key)))
  return (
    <div className={styles.form}>
      {shown.map(([key, setting]) => (
        <SettingField
          key={`${nodes.join(',')}:${key}`}
          id={fieldId.setting(key)}
          setting={setting}
          value={sharedValue(facts.map((one) => one.settings[key] ?? null))}
          automatic={automatic}
          problem={problems.find(({ place }) => place.kind === 'node' && place.setting === key) ?? null}
          onHelp={setHelp}
          onChange={(value) => changeSetting(nodes, key, setting.label, value)}
          reset={resetOf(nodes, facts, key, setting)}
        />
      ))}
      {isWeighty && (
        <SettingField
          key={`${nodes.join(',')}:frozen`}
          id={fieldId.setting('frozen')}
          setting={frozenSetting}
          value={sharedValue(own.map((node) => node.frozen === true))}
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
          value={sharedValue(own.map((node) => node.bypassed === true))}
          automatic={null}
          problem={null}
          onHelp={setHelp}
          onChange={(value) => setBypassed(nodes, value === true)}
        />
      )}
      {shown.length === 0 && !isWeighty && !able && <p className={styles.dim}>{nothingWords(definitions)}</p>}
      <p className={styles.help}>{help ?? aboutWords(definitions)}</p>
    </div>
  )
}

function nothingWords(definitions: readonly AnyNodeDefinition[]): string {
  const [only] = definitions
  return only && definitions.length === 1
    ? `${only.title} has nothing to set.`
    : 'These nodes have no setting in common.'
}

function aboutWords(definitions: readonly AnyNodeDefinition[]): string {
  const [only] = definitions
  if (only && definitions.length === 1) return only.help.what
  return 'What the chosen nodes have in common. A field says “mixed” where they differ; what you set there holds for all.'
}

function isVisible({ definition, settings }: NodeFacts, key: string): boolean {
  const visible = definition?.settings[key]?.visible
  return !visible || visible(settings)
}

/** The way back to what each of the nodes started with; null when all are there. */
function resetOf(nodes: readonly string[], facts: readonly NodeFacts[], key: string, setting: Setting) {
  const starts = nodes.map((node, index) => {
    const own = facts[index]?.definition?.settings[key] ?? setting
    return { node, words: formatSetting(own, startingValue(own)), value: startingValue(own) }
  })
  if (starts.every(({ value }, index) => facts[index]?.settings[key] === value)) return null
  const words = new Set(starts.map((start) => start.words))
  const [only = ''] = words
  return {
    label: words.size === 1 ? `Reset to ${only}` : 'Reset each to its own default',
    run: () => changeSettingEach(key, setting.label, starts),
  }
}

/** The value that all have; undefined when they differ. */
function sharedValue(values: readonly SettingValue[]): SettingValue | undefined {
  const [first] = values
  return values.every((value) => value === first) ? first : undefined
}

/** The size that a setting left on automatic came to: the width of what the node gives. */
function useAutomatic(node: string): number | null {
  return useDocument((state) => {
    const [shape] = Object.values(activeAnalysisOf(state).nodes[node]?.outputs ?? {})
    return shape && 'features' in shape ? shape.features : null
  })
}
