import { useRef, useState } from 'react'
import { gateVerdict } from '../../engine/telemetry/verdict'
import { gateStyle } from '../charts/gateStyle'
import { percent } from '../charts/numbers'
import { useDocument } from '../state/document'
import styles from './GateMeters.module.css'
import { stepWords } from './stepWords'
import { shownTrace, useTelemetry } from './useTelemetry'

/** The gates of a recurrent node while, and after, it trains: mean activation of each, and what that means in words. */
export function GateMeters({ node }: { node: string }) {
  const [gates, setGates] = useState('')
  const box = useRef<HTMLDivElement>(null)
  // The meters belong to a model: another one on the canvas looks again.
  useDocument((state) => state.activeModel)

  useTelemetry(() => {
    const latest = shownTrace()?.latest.get(node) ?? []
    const names = latest.map(({ gate }) => gate).join(' ')
    if (names !== gates) setGates(names)
    const rows = box.current?.querySelectorAll<HTMLElement>('[data-gate]') ?? []
    for (const row of rows) {
      const found = latest.find(({ gate }) => gate === row.dataset.gate)
      if (!found) continue
      row.style.setProperty('--share', String(found.mean))
      const value = row.querySelector('[data-value]')
      if (value) value.textContent = found.mean.toFixed(2)
      row.title = `${found.gate} gate: ${found.mean.toFixed(2)} open on average; ${percent(found.low)} nearly shut (below 0.1), ${percent(found.high)} wide open (above 0.9)`
    }
    const verdict = gateVerdict(latest, stepWords())
    const line = box.current?.querySelector<HTMLElement>('[data-verdict]')
    if (line) {
      line.textContent = verdict?.text ?? ''
      line.dataset.verdict = verdict?.tone ?? 'none'
      line.title = verdict?.detail ?? ''
    }
  })

  if (gates === '') return null
  return (
    <div className={styles.meters} ref={box} key={gates}>
      {gates.split(' ').map((gate, index) => (
        <div className={styles.row} key={gate} data-gate={gate} data-hue={gateStyle(gate, index).ink}>
          <span>{gate}</span>
          <span className={styles.track}>
            <span className={styles.bar} />
          </span>
          <span className={styles.value} data-value />
        </div>
      ))}
      <div className={styles.verdict} data-verdict="none" />
    </div>
  )
}
