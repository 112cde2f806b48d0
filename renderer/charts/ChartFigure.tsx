import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { subscribe } from '../run/telemetry'
import styles from './ChartFigure.module.css'
import type { ChartView, ChartWords } from './chartView'
import { PlotPainter } from './plotPainter'

export interface ChartFigureProps {
  /** The question that the chart answers. */
  title: string
  /** Said after the title on hover: how to read the chart. */
  hint?: string
  /** Called at most once per animation frame after news; null while there is nothing to draw. */
  read: () => ChartView | null
  words: () => ChartWords
  /** What to do to see something here. */
  empty: string
  /** Controls at the right of the title. */
  tools?: ReactNode
  /** Calls back after news; returns what ends it. Absent: the telemetry of the run on show. */
  listen?: (listener: () => void) => () => void
}

/**
 * A chart with its question and its answer. News go straight to the canvas and to the text nodes; React hears only whether there
 * is anything to draw.
 */
export function ChartFigure({ title, hint, read, words, empty, tools, listen = subscribe }: ChartFigureProps) {
  const figure = useRef<HTMLElement>(null)
  const host = useRef<HTMLDivElement>(null)
  const verdict = useRef<HTMLSpanElement>(null)
  const [hasView, setHasView] = useState(() => read() !== null)

  useLayoutEffect(() => {
    if (!host.current) return
    const painter = new PlotPainter(host.current)
    const draw = () => {
      const view = read()
      setHasView(view !== null)
      if (view) painter.show(view)
      const { verdict: text, tone, reading } = words()
      figure.current?.setAttribute('aria-label', reading)
      if (!verdict.current) return
      if (verdict.current.textContent !== text) {
        verdict.current.textContent = text
        verdict.current.title = text
      }
      verdict.current.dataset.tone = tone
    }
    draw()
    const end = listen(draw)
    return () => {
      end()
      painter.dispose()
    }
  }, [read, words, listen])

  return (
    <figure ref={figure} className={styles.figure}>
      <figcaption className={styles.caption}>
        <span className={styles.title} title={hint}>
          {title}
        </span>{' '}
        <span ref={verdict} className={styles.verdict} />
        {tools ? <span className={styles.tools}>{tools}</span> : null}
      </figcaption>
      <div ref={host} className={styles.plot} data-empty={hasView ? undefined : true} />
      {hasView ? null : <p className={styles.empty}>{empty}</p>}
    </figure>
  )
}
