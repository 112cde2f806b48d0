import type uPlot from 'uplot'
import type { ChartBand, ChartGuide, ChartLine, ChartMark, ChartView } from './chartView'
import type { Palette } from './palette'
import { spreadLabels } from './spreadLabels'

/** Everything on a chart that is not a line of uPlot's: bands, reference lines, rings, words. Sizes in CSS pixels. */

const FONT_SIZE = 10.5
const LABEL_GAP = 14
/** Between a line's end and its label. */
const LABEL_SPACE = 8

interface Ground {
  plot: uPlot
  palette: Palette
}

/** CSS pixels to the canvas's own. */
function scaleOf(plot: uPlot): number {
  return plot.ctx.canvas.width / plot.width
}

function setFont(plot: uPlot, weight = 400): void {
  plot.ctx.font = `${weight} ${FONT_SIZE * scaleOf(plot)}px "Inter Variable", sans-serif`
}

/** Width of the widest label in CSS pixels, with the space before it; 0 when there is none. */
export function labelRoom(context: CanvasRenderingContext2D, labels: readonly (string | undefined)[]): number {
  context.font = `500 ${FONT_SIZE}px "Inter Variable", sans-serif`
  const widths = labels.map((label) => (label ? context.measureText(label).width + LABEL_SPACE + 4 : 0))
  return Math.max(0, ...widths)
}

export function drawBands({ plot, palette }: Ground, bands: readonly ChartBand[]): void {
  const { ctx } = plot
  for (const band of bands) {
    if (band.x.length < 2) continue
    ctx.save()
    ctx.beginPath()
    band.x.forEach((x, index) => {
      ctx.lineTo(plot.valToPos(x, 'x', true), plot.valToPos(band.high[index] ?? 0, 'y', true))
    })
    for (let index = band.x.length - 1; index >= 0; index -= 1) {
      ctx.lineTo(plot.valToPos(band.x[index] ?? 0, 'x', true), plot.valToPos(band.low[index] ?? 0, 'y', true))
    }
    ctx.closePath()
    ctx.globalAlpha = 0.17
    ctx.fillStyle = palette.stroke[band.ink]
    ctx.fill()
    ctx.restore()
  }
}

export function drawGuides(
  { plot, palette }: Ground,
  guides: readonly ChartGuide[],
  lines: readonly ChartLine[],
): void {
  const { ctx, bbox } = plot
  const scale = scaleOf(plot)
  guides.forEach((guide) => {
    const y = Math.round(plot.valToPos(guide.value, 'y', true)) + 0.5
    if (y < bbox.top - 1 || y > bbox.top + bbox.height + 1) return
    ctx.save()
    ctx.strokeStyle = palette.stroke[guide.ink]
    ctx.lineWidth = 1.5 * scale
    ctx.setLineDash([1.5 * scale, 4 * scale])
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
    ctx.restore()
    setFont(plot)
    ctx.fillStyle = palette.text[guide.ink]
    ctx.textAlign = 'right'
    const above = y - bbox.top > LABEL_GAP * scale && !crowded(plot, lines, guide.value)
    ctx.textBaseline = above ? 'bottom' : 'top'
    ctx.fillText(guide.label, bbox.left + bbox.width - 2 * scale, y + (above ? -3 : 4) * scale)
  })
}

/** True when a labelled line ends just above the reference line, where its words would stand. */
function crowded(plot: uPlot, lines: readonly ChartLine[], value: number): boolean {
  const y = plot.valToPos(value, 'y')
  return lines.some((line) => {
    const end = line.y.at(-1)
    if (line.label === undefined || end === undefined) return false
    const distance = y - plot.valToPos(end, 'y')
    return distance > 0 && distance < LABEL_GAP * 1.5
  })
}

export function drawMarks({ plot, palette }: Ground, marks: readonly ChartMark[]): void {
  const { ctx } = plot
  const scale = scaleOf(plot)
  for (const mark of marks) {
    const x = plot.valToPos(mark.x, 'x', true)
    const y = plot.valToPos(mark.y, 'y', true)
    ctx.save()
    ctx.beginPath()
    ctx.arc(x, y, 4 * scale, 0, 2 * Math.PI)
    ctx.fillStyle = palette.surface
    ctx.fill()
    ctx.lineWidth = 2 * scale
    ctx.strokeStyle = palette.stroke[mark.ink]
    ctx.stroke()
    ctx.restore()
    if (mark.label === undefined) continue
    setFont(plot)
    ctx.fillStyle = palette.text[mark.ink]
    ctx.textAlign = 'center'
    ctx.textBaseline = 'top'
    ctx.fillText(mark.label, x, y + 9 * scale)
  }
}

/** The words at the ends of the lines, moved apart where they would overlap. */
export function drawEndLabels({ plot, palette }: Ground, lines: readonly ChartLine[]): void {
  const { ctx, bbox } = plot
  const scale = scaleOf(plot)
  const labelled = lines.filter((line) => line.label !== undefined && line.x.length > 0)
  const ends = labelled.map((line) => plot.valToPos(line.y.at(-1) ?? 0, 'y', true))
  const placed = spreadLabels(ends, LABEL_GAP * scale, bbox.top, bbox.top + bbox.height)
  const newest = Math.max(...labelled.map((line) => line.x.at(-1) ?? 0))
  setFont(plot, 500)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  labelled.forEach((line, index) => {
    ctx.fillStyle = palette.text[line.ink]
    ctx.fillText(line.label ?? '', plot.valToPos(newest, 'x', true) + LABEL_SPACE * scale, placed[index] ?? 0)
  })
}

/** Labels of both axes: x with its first one at the corner, y only where a tick has words. */
export function drawAxisLabels({ plot, palette }: Ground, view: ChartView): void {
  const { ctx, bbox } = plot
  const scale = scaleOf(plot)
  setFont(plot)
  ctx.fillStyle = palette.axis
  ctx.textBaseline = 'top'
  for (const tick of view.x.ticks) {
    const first = tick.at <= view.x.low
    ctx.textAlign = first ? 'left' : 'center'
    ctx.fillText(tick.label, plot.valToPos(tick.at, 'x', true), bbox.top + bbox.height + 9 * scale)
  }
  ctx.textAlign = 'right'
  ctx.textBaseline = 'middle'
  for (const tick of view.y.ticks) {
    if (tick.label === '') continue
    ctx.fillText(tick.label, bbox.left - 9 * scale, plot.valToPos(tick.at, 'y', true))
  }
}
