import { useEffect, useMemo } from 'react'
import { compareContents } from '../../engine/document/compareContents'
import type { SavedVersion } from '../../engine/document/schema'
import { useDocument } from '../state/document'
import { type Mark, markNodes, unmarkNodes } from '../state/marks'
import { useSelection } from '../state/selection'
import { type DifferenceGroup, type DifferenceLine, differenceSummary, differenceWords } from './differenceWords'
import styles from './VersionsPanel.module.css'

const SIGNS = { added: '+', removed: '−', changed: '~' } as const

/** What changed from a version to now, in sentences; what is there now is marked on the canvas and can be gone to. */
export function Differences({ version }: { version: SavedVersion }) {
  const document = useDocument((state) => state.document)
  const activeModel = useDocument((state) => state.activeModel)
  const groups = useMemo(
    () => differenceWords(compareContents(version.content, document), version.content, document),
    [version, document],
  )
  useEffect(() => {
    markNodes(marksOf(groups, activeModel))
  }, [groups, activeModel])
  useEffect(() => unmarkNodes, [])
  return (
    <>
      <p className={styles.summary}>{differenceSummary(groups)}</p>
      {groups.map((group) => (
        <section key={group.title} className={styles.group} aria-label={group.title}>
          <h3>{group.title}</h3>
          <ul>
            {group.lines.map((line) => (
              <li key={`${line.sign} ${line.text} ${line.node ?? ''}`} data-sign={line.sign}>
                <span className={styles.sign} aria-hidden="true">
                  {SIGNS[line.sign]}
                </span>
                <span className="visuallyHidden">{line.sign}: </span>
                <Line line={line} />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </>
  )
}

function Line({ line }: { line: DifferenceLine }) {
  const { text, node, model } = line
  if (node === undefined || model === undefined) return <span>{text}</span>
  const show = () => {
    useDocument.getState().setActiveModel(model)
    useSelection.getState().show([node])
  }
  return (
    <button type="button" className={styles.goTo} onClick={show}>
      {text}
    </button>
  )
}

function marksOf(groups: readonly DifferenceGroup[], model: string): Record<string, Mark> {
  const marks: Record<string, Mark> = {}
  for (const { node, sign, ...line } of groups.flatMap((group) => group.lines)) {
    if (node !== undefined && line.model === model && sign !== 'removed') marks[node] = sign
  }
  return marks
}
