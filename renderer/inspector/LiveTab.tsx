import { type ReactNode, useRef, useState } from 'react'
import { formatCount, shapeSentence } from '../../engine/nodes/words'
import type { GateStatistics } from '../../engine/telemetry/frame'
import { gateVerdict } from '../../engine/telemetry/verdict'
import { stepWords } from '../canvas/stepWords'
import { shownTrace, useTelemetry } from '../canvas/useTelemetry'
import { percent } from '../charts/numbers'
import { approximately } from '../nodes/approximately'
import type { NodeFacts } from '../nodes/nodeFacts'
import { activeAnalysisOf, useDocument } from '../state/document'
import styles from './Inspector.module.css'

/** A node in numbers: its gates while it trains, its weights and work, the shapes that go in and come out. */
export function LiveTab({ node, facts }: { node: string; facts: NodeFacts }) {
  const analysis = useDocument((state) => activeAnalysisOf(state).nodes[node])
  const summary = useDocument((state) => state.summary)
  const batchSize = useDocument((state) => state.document.training.batchSize)
  const shapes = (side: 'inputs' | 'outputs'): ReactNode =>
    facts[side].map(({ name, label }) => {
      const shape = analysis?.[side][name]
      const words = shape && summary ? shapeSentence(shape, summary, batchSize) : 'not known yet: connect it first'
      return (
        <div key={name} className={styles.figure}>
          <dt>{facts[side].length > 1 ? label : side === 'inputs' ? 'Takes' : 'Gives'}</dt>
          <dd>{words}</dd>
        </div>
      )
    })
  return (
    <div className={styles.explain}>
      {facts.category === 'remember' && <Gates node={node} />}
      <h3>In figures</h3>
      <dl className={styles.figures}>
        {shapes('inputs')}
        {shapes('outputs')}
        <div className={styles.figure}>
          <dt>Weights</dt>
          <dd>{formatCount(analysis?.parameters ?? 0)}</dd>
        </div>
        <div className={styles.figure}>
          <dt>Work per example</dt>
          <dd>about {approximately(analysis?.flopsPerExample ?? 0)} sums</dd>
        </div>
      </dl>
      <p className={styles.help}>
        Weights are the numbers that training changes. Work counts additions and multiplications.
      </p>
    </div>
  )
}

/** "forget", "forget, backward" */
const rowName = ({ gate, copy }: GateStatistics): string => (copy === undefined ? gate : `${gate}, ${copy}`)

/** The newest gate statistics, written past React once per animation frame. */
function Gates({ node }: { node: string }) {
  const [gates, setGates] = useState('')
  const box = useRef<HTMLDivElement>(null)
  useDocument((state) => state.activeModel)
  useTelemetry(() => {
    const latest = shownTrace()?.latest.get(node) ?? []
    const names = latest.map(rowName).join('\n')
    if (names !== gates) setGates(names)
    for (const statistics of latest) {
      const { mean, low, high } = statistics
      const row = box.current?.querySelector(`[data-gate="${CSS.escape(rowName(statistics))}"]`)
      const texts = [mean.toFixed(2), percent(low), percent(high)]
      row?.querySelectorAll('td').forEach((cell, index) => {
        cell.textContent = texts[index] ?? ''
      })
    }
    const verdict = gateVerdict(latest, stepWords())
    const line = box.current?.querySelector('[data-line]')
    if (line) line.textContent = verdict ? `${verdict.text}. ${verdict.detail}` : ''
  })
  if (gates === '') {
    return (
      <>
        <h3>Gates</h3>
        <p className={styles.dim}>Press Train to see how the gates open and close.</p>
      </>
    )
  }
  return (
    <div ref={box} key={gates}>
      <h3>Gates</h3>
      <table className={styles.gates}>
        <thead>
          <tr>
            <th scope="col">Gate</th>
            <th scope="col">Open</th>
            <th scope="col">Shut</th>
            <th scope="col">Wide open</th>
          </tr>
        </thead>
        <tbody>
          {gates.split('\n').map((gate) => (
            <tr key={gate} data-gate={gate}>
              <th scope="row">{gate}</th>
              <td />
              <td />
              <td />
            </tr>
          ))}
        </tbody>
      </table>
      <p className={styles.line} data-line />
      <p className={styles.help}>
        Open is the average over all examples, steps and cells of the last batch: 0 is shut, 1 lets everything through.
        Shut is the share below 0.1, wide open the share above 0.9.
      </p>
    </div>
  )
}
