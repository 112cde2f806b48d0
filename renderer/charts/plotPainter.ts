import uPlot from 'uplot'
import { alignLines } from './alignLines'
import type { ChartLine, ChartView } from './chartView'
import { shortNumber } from './numbers'
import { onThemeChange, type Palette, readPalette } from './palette'
import { drawAxisLabels, drawBands, drawGuides, drawLabels, drawMarks, labelRoom } from './plotMarks'

const EMPTY: ChartView = {
  lines: [],
  bands: [],
  guides: [],
  marks: [],
  x: { low: 0, high: 1, ticks: [] },
  y: { low: 0, high: 1, ticks: [], log: false },
  describeX: () => '',
}

/** One chart on a canvas. Owns its uPlot, which is made anew only when the set of lines or the kind of axis changes. */
export class PlotPainter {
  private plot: uPlot | null = null
  private shape = ''
  private view: ChartView = EMPTY
  private palette: Palette = readPalette()
  private readonly readout = document.createElement('div')
  private readonly endTheme: () => void
  private readonly observer: ResizeObserver
  /** Read when it changes: asking the page for it at every picture would make the browser lay it out twice. */
  private size: { width: number; height: number }

  constructor(private readonly host: HTMLElement) {
    this.readout.className = 'chart-readout'
    this.readout.hidden = true
    this.host.append(this.readout)
    this.endTheme = onThemeChange(() => {
      this.palette = readPalette()
      this.plot?.redraw(false)
    })
    this.size = sizeOf(host)
    this.observer = new ResizeObserver(() => {
      this.size = sizeOf(host)
      if (this.plot && this.hasRoom()) this.plot.setSize(this.size)
      else this.show(this.view)
    })
    this.observer.observe(host)
  }

  show(view: ChartView): void {
    this.view = view
    if (!this.hasRoom()) return
    const shape = [view.y.log, ...view.lines.map((line) => line.key)].join()
    if (this.plot && shape === this.shape) {
      this.plot.setData(alignLines(view.lines))
      return
    }
    this.plot?.destroy()
    this.shape = shape
    this.plot = new uPlot(this.options(view), alignLines(view.lines), this.host)
  }

  dispose(): void {
    this.observer.disconnect()
    this.endTheme()
    this.plot?.destroy()
    this.plot = null
    this.readout.remove()
  }

  private hasRoom(): boolean {
    return this.size.width > 60 && this.size.height > 40
  }

  private options(view: ChartView): uPlot.Options {
    return {
      ...this.size,
      padding: [8, 8, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { x: false, y: false }, focus: { prox: -1 } },
      scales: {
        x: { time: false, range: (plot) => this.rangeOfX(plot) },
        y: {
          distr: view.y.log ? 3 : 1,
          range: () => [this.view.y.low, this.view.y.high],
        },
      },
      axes: [
        { size: 26, splits: [], grid: { show: false }, ticks: { show: false } },
        {
          size: 38,
          splits: () => this.view.y.ticks.map((tick) => tick.at),
          filter: (_, splits) => splits,
          values: (_, splits) => splits.map(() => ''),
          grid: { stroke: () => this.palette.grid, width: 1 },
          ticks: { show: false },
        },
      ],
      series: [{}, ...view.lines.map((line, index) => this.seriesOf(line, index))],
      hooks: {
        drawAxes: [(plot) => drawBands(this.ground(plot), this.view.bands)],
        draw: [(plot) => this.drawWords(plot)],
        setCursor: [(plot) => this.showReadout(plot)],
      },
    }
  }

  private seriesOf(line: ChartLine, index: number): uPlot.Series {
    return {
      stroke: () => this.palette.stroke[this.view.lines[index]?.ink ?? line.ink],
      width: line.width,
      alpha: line.opacity ?? 1,
      dash: [...(line.dash ?? [])],
      cap: 'round',
      spanGaps: true,
      points: { show: false },
    }
  }

  /** The axis goes on past the end of the run by as much as the labels at the line ends need. */
  private rangeOfX(plot: uPlot): [number, number] {
    const { low, high } = this.view.x
    const { lines, guides } = this.view
    const room = labelRoom(plot.ctx, [
      ...lines.map((line) => line.label),
      ...guides.map((guide) => (guide.inside ? undefined : guide.label)),
    ])
    const width = Math.max(60, this.size.width - 46)
    return [low, low + ((high - low) * width) / Math.max(40, width - room)]
  }

  private ground(plot: uPlot) {
    return { plot, palette: this.palette }
  }

  private drawWords(plot: uPlot): void {
    const ground = this.ground(plot)
    const end = plot.valToPos(this.view.x.high, 'x', true)
    drawGuides(ground, this.view.guides, end)
    drawMarks(ground, this.view.marks, plot.valToPos(this.newestX(), 'x', true))
    drawLabels(ground, this.view, end)
    drawAxisLabels(ground, this.view)
  }

  private newestX(): number {
    return Math.max(this.view.x.low, ...this.view.lines.map((line) => line.x.at(-1) ?? 0))
  }

  private showReadout(plot: uPlot): void {
    const { left = -1 } = plot.cursor
    if (left < 0) {
      this.readout.hidden = true
      return
    }
    const x = plot.posToVal(left, 'x')
    const rows = this.view.lines.flatMap((line) => {
      const value = line.readout === undefined ? null : valueAt(line, x)
      return value === null ? [] : [`${line.readout} ${shortNumber(value)}`]
    })
    this.readout.hidden = rows.length === 0
    this.readout.textContent = [this.view.describeX(x), ...rows].join('\n')
    const onRight = left > plot.over.clientWidth * 0.6
    const edge = plot.over.offsetLeft + left
    this.readout.style.left = onRight ? '' : `${edge + 10}px`
    this.readout.style.right = onRight ? `${this.host.clientWidth - edge + 10}px` : ''
  }
}

function sizeOf(host: HTMLElement): { width: number; height: number } {
  return { width: Math.floor(host.clientWidth), height: Math.floor(host.clientHeight) }
}

/** The line's newest value at or before x; null before its first and after its last point. */
function valueAt(line: ChartLine, x: number): number | null {
  const last = line.x.at(-1)
  if (last === undefined || x > last) return null
  let low = 0
  let high = line.x.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((line.x[middle] ?? 0) <= x) low = middle + 1
    else high = middle
  }
  return line.y[low - 1] ?? null
}
