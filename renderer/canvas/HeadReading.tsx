import { useRef } from 'react'
import type { Baseline } from '../../engine/data/prepared'
import { shortNumber } from '../charts/numbers'
import { useDocument } from '../state/document'
import styles from './NodeCard.module.css'
import { shownTrace, useTelemetry } from './useTelemetry'

/**
 * The line of an output node: its settings; while it trains the newest loss beside the naive baseline's; once it has ended the best
 * one, whose weights are kept.
 */
export function HeadReading({ line }: { line: string }) {
  const text = useRef<HTMLDivElement>(null)
  useDocument((state) => state.activeModel)
  useTelemetry(() => {
    if (!text.current) return
    const reading = lossReading()
    text.current.textContent = reading?.text ?? (line || '\u00a0')
    text.current.title = reading?.detail ?? ''
  })
  return <div className={styles.line} data-long="true" ref={text} />
}

function lossReading(): { text: string; detail: string } | null {
  const trace = shownTrace()
  const validation = (trace?.finished ? trace.best : trace?.validation.at(-1))?.loss
  const loss = validation ?? trace?.training.lines[0]?.at(-1)
  if (!trace || loss === undefined) return null
  const best = strongest(trace.baselines)
  const kind = validation === undefined ? 'training batch' : 'validation part'
  const named = best ? ` Without learning, “${best.name}” reaches ${shortNumber(best.loss.validation)}.` : ''
  return {
    text: `${shortNumber(loss)}${best ? ` · to beat ${shortNumber(best.loss.validation)}` : ''}`,
    detail: `Loss on the ${kind}: ${shortNumber(loss)}, smaller is better.${named}`,
  }
}

/** The forecast without learning that is hardest to beat. */
function strongest(baselines: readonly Baseline[]): Baseline | null {
  return baselines.reduce<Baseline | null>(
    (best, one) => (best && best.loss.validation <= one.loss.validation ? best : one),
    null,
  )
}
