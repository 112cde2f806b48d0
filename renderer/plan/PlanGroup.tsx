import { memo } from 'react'
import type { OutlinedGroup, OutlinedLine, OutlinedValue } from '../../engine/compile/outlinePlan'
import { IconTile } from '../nodes/IconTile'
import { nodeFacts } from '../nodes/nodeFacts'
import { activeModelOf, useDocument } from '../state/document'
import { pointAt } from '../state/marks'
import { useSelection } from '../state/selection'
import styles from './PlanTab.module.css'
import { byteWords, placeWords, sourceWords, valueWords } from './planWords'

/** The lines that came from one node; pointing at them points at the node, a click selects it. */
export const PlanGroup = memo(function PlanGroup(props: { group: OutlinedGroup; chosen: boolean; hovered: boolean }) {
  const { group, chosen, hovered } = props
  const { node, weights, lines } = group
  const model = useDocument(activeModelOf)
  const facts = node === null ? null : nodeFacts(model, node, null)
  const show = () => {
    if (node !== null) useSelection.getState().show([node])
  }
  return (
    // Pointing is an extra: the button inside does the same by keyboard.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button has the keys
    <li
      className={styles.group}
      data-node={node ?? undefined}
      data-chosen={chosen}
      data-hovered={hovered}
      onPointerEnter={() => pointAt(node)}
      onPointerLeave={() => pointAt(null)}
      onClick={show}
    >
      {facts ? (
        <button
          type="button"
          className={styles.head}
          aria-pressed={chosen}
          onFocus={() => pointAt(node)}
          onBlur={() => pointAt(null)}
        >
          <IconTile letter={facts.letter} category={facts.category} />
          {facts.title}
        </button>
      ) : (
        <span className={styles.head}>Added by Unroll</span>
      )}
      {weights.length > 0 && <WeightLine weights={weights} />}
      {lines.map((line) => (
        <InstructionLine key={line.index} line={line} />
      ))}
    </li>
  )
})

function WeightLine({ weights }: { weights: readonly OutlinedValue[] }) {
  const bytes = weights.reduce((sum, weight) => sum + weight.bytes, 0)
  return (
    <div className={styles.line}>
      <span className={styles.index} />
      <span className={styles.op}>weights</span>
      <Values values={weights} />
      <span className={styles.bytes}>{byteWords(bytes)}</span>
    </div>
  )
}

function InstructionLine({ line }: { line: OutlinedLine }) {
  const source = sourceWords(line)
  return (
    <div className={styles.line}>
      <span className={styles.index}>{line.index + 1}</span>
      <span className={styles.op}>{line.op}</span>
      <span className={styles.what}>
        <Values values={line.results} />
        {source && <span className={styles.source}>{source}</span>}
      </span>
      <span className={styles.bytes}>{byteWords(line.bytes)}</span>
    </div>
  )
}

function Values({ values }: { values: readonly OutlinedValue[] }) {
  return (
    <span className={styles.values}>
      {values.map((value) => (
        <span key={value.id} title={placeWords(value)}>
          <b>%{value.id}</b> {valueWords(value)}
        </span>
      ))}
    </span>
  )
}
