import { useRef, useState } from 'react'
import type { GateStatistics } from '../../engine/telemetry/frame'
import { gateVerdict } from '../../engine/telemetry/verdict'
import { gateStyle } from '../charts/gateStyle'
import { percent } from '../charts/numbers'
import { useDocument } from '../state/document'
import styles from './GateMeters.module.css'
import { stepWords } from './stepWords'
import { shownTrace, useTelemetry } from './useTelemetry'

/** The gates of a recurrent node while, and after, it trains: mean activation of each, a bar for every copy, and what that means in words. */
export function GateMeters({ node }: { node: string }) {
  // As one string, so that React sees a change only when there is one.
  const [layout, setLayout] = useState('')
  const box = useRef<HTMLDivElement>(null)
  // The meters belong to a model: another one on the canvas looks again.
  useDocument((state) => state.activeModel)

  useTelemetry(() => {
    const latest = shownTrace()?.latest.get(node) ?? []
    const found = layoutOf(latest)
    if (found !== layout) setLayout(found)
    const rows = box.current?.querySelectorAll<HTMLElement>('[data-gate]') ?? []
    for (const row of rows) showGate(row, latest)
    const verdict = gateVerdict(latest, stepWords())
    const line = box.current?.querySelector<HTMLElement>('[data-verdict]')
    if (line) {
      line.textContent = verdict?.text ?? ''
      line.dataset.verdict = verdict?.tone ?? 'none'
      line.title = verdict?.detail ?? ''
    }
  })

  if (layout === '') return null
  return (
    <div className={styles.meters} ref={box} key={layout}>
      {layout.split(' ').map((row, index) => {
        const [gate = '', copies = '1'] = row.split(':')
        return (
          <div className={styles.row} key={gate} data-gate={gate} data-hue={gateStyle(gate, index).ink}>
            <span>{gate}</span>
            <span className={styles.tracks}>
              {Array.from({ length: Number(copies) }, (_, copy) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: copies have an order and nothing else
                <span className={styles.track} key={copy}>
                  <span className={styles.bar} />
                </span>
              ))}
            </span>
            <span className={styles.value} data-value />
          </div>
        )
      })}
      <div className={styles.verdict} data-verdict="none" />
    </div>
  )
}

/** "forget:2 input:2": each gate with the number of its copies. */
function layoutOf(latest: readonly GateStatistics[]): string {
  const names = [...new Set(latest.map(({ gate }) => gate))]
  return names.map((name) => `${name}:${latest.filter(({ gate }) => gate === name).length}`).join(' ')
}

function showGate(row: HTMLElement, latest: readonly GateStatistics[]): void {
  const copies = latest.filter(({ gate }) => gate === row.dataset.gate)
  if (copies.length === 0) return
  row.querySelectorAll<HTMLElement>(`.${styles.bar}`).forEach((bar, index) => {
    bar.style.setProperty('--share', String(copies[index]?.mean ?? 0))
  })
  const mean = copies.reduce((sum, copy) => sum + copy.mean, 0) / copies.length
  const value = row.querySelector('[data-value]')
  if (value) value.textContent = mean.toFixed(2)
  row.title = copies.map(sentence).join('\n')
}

function sentence({ gate, copy, mean, low, high }: GateStatistics): string {
  const whose = copy === undefined ? `${gate} gate` : `${gate} gate, ${copy}`
  return `${whose}: ${mean.toFixed(2)} open on average; ${percent(low)} nearly shut (below 0.1), ${percent(high)} wide open (above 0.9)`
}
