import type uPlot from 'uplot'
import type { ChartBand, ChartGuide, ChartMark, ChartView, Ink } from './chartView'
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
    ctx.globalAlpha = 0.1
    ctx.fillStyle = palette.stroke[band.ink]
    ctx.fill()
    ctx.restore()
  }
}

/** Reference lines from the axis to `end` (canvas pixels); their words stand behind it, see drawEndLabels. */
export function drawGuides({ plot, palette }: Ground, guides: readonly ChartGuide[], end: number): void {
  const { ctx, bbox } = plot
  const scale = scaleOf(plot)
  for (const guide of guides) {
    const y = Math.round(plot.valToPos(guide.value, 'y', true)) + 0.5
    if (y < bbox.top - 1 || y > bbox.top + bbox.height + 1) continue
    ctx.save()
    ctx.strokeStyle = palette.stroke[guide.ink]
    ctx.lineWidth = 1.5 * scale
    ctx.setLineDash([1.5 * scale, 4 * scale])
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(guide.inside ? bbox.left + bbox.width : end, y)
    ctx.stroke()
    ctx.restore()
  }
}

/** Words on reference lines, at the right: above the line, or below it where the newest values are above. */
export function drawInnerWords({ plot, palette }: Ground, view: ChartView): void {
  const { ctx, bbox } = plot
  const scale = scaleOf(plot)
  setFont(plot)
  ctx.textAlign = 'right'
  for (const guide of view.guides) {
    if (!guide.inside) continue
    const y = plot.valToPos(guide.value, 'y', true)
    const below = bbox.top + bbox.height - y > LABEL_GAP * scale
    const newest = view.lines.filter((line) => line.label !== undefined).map((line) => line.y.at(-1) ?? guide.value)
    const linesAbove = newest.filter((value) => value > guide.value).length * 2 > newest.length
    const above = !below || (y - bbox.top > LABEL_GAP * scale && !linesAbove)
    ctx.textBaseline = above ? 'bottom' : 'top'
    writeClear(ctx, palette, guide.label, bbox.left + bbox.width - 2 * scale, y + (above ? -4 : 5) * scale, guide.ink)
  }
}

/** Text with an edge in the colour of the ground, legible on top of lines. */
function writeClear(
  ctx: CanvasRenderingContext2D,
  palette: Palette,
  text: string,
  x: number,
  y: number,
  ink: Ink,
): void {
  ctx.save()
  ctx.lineJoin = 'round'
  ctx.lineWidth = 4
  ctx.strokeStyle = palette.surface
  ctx.strokeText(text, x, y)
  ctx.restore()
  ctx.fillStyle = palette.text[ink]
  ctx.fillText(text, x, y)
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
    ctx.textAlign = 'center'
    ctx.textBaseline = 'top'
    writeClear(ctx, palette, mark.label, x, y + 9 * scale, mark.ink)
  }
}

interface EndLabel {
  text: string
  ink: Ink
  /** Canvas pixels: where the thing ends that the words belong to. */
  x: number
  y: number
}

/**
 * The words at the ends of lines and reference lines, moved apart where they would overlap. `end` is where the run's axis ends
 * (canvas pixels): reference lines reach it from the start, other lines only when the run is over.
 */
export function drawEndLabels({ plot, palette }: Ground, view: ChartView, end: number): void {
  const { ctx, bbox } = plot
  const scale = scaleOf(plot)
  const lines = view.lines.filter((line) => line.label !== undefined && line.x.length > 0)
  const newest = plot.valToPos(Math.max(...lines.map((line) => line.x.at(-1) ?? 0)), 'x', true)
  const atLines: EndLabel[] = lines.map((line) => ({
    text: line.label ?? '',
    ink: line.ink,
    x: newest,
    y: plot.valToPos(line.y.at(-1) ?? 0, 'y', true),
  }))
  const atGuides: EndLabel[] = view.guides
    .filter((guide) => !guide.inside)
    .map((guide) => ({
      text: guide.label,
      ink: guide.ink,
      x: end,
      y: plot.valToPos(guide.value, 'y', true),
    }))
  setFont(plot, 500)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  const widest = Math.max(0, ...atLines.map((label) => ctx.measureText(label.text).width))
  // Words at lines that end well before the axis stand clear of those behind it.
  const apart = newest + widest + 2 * LABEL_SPACE * scale < end
  for (const group of apart ? [atLines, atGuides] : [[...atLines, ...atGuides]]) {
    const placed = spreadLabels(
      group.map((label) => label.y),
      LABEL_GAP * scale,
      bbox.top,
      bbox.top + bbox.height,
    )
    group.forEach((label, index) => {
      writeClear(ctx, palette, label.text, label.x + LABEL_SPACE * scale, placed[index] ?? 0, label.ink)
    })
  }
}

/** Labels of both axes: x with its first one at the corner, y only where a tick has words. */
export function drawAxisLabels({ plot, palette }: Ground, view: ChartView): void {
  const { ctx, bbox } = plot
  const scale = scaleOf(plot)
  setFont(plot)
  ctx.fillStyle = palette.axis
  ctx.textBaseline = 'top'
  let free = 0
  for (const tick of view.x.ticks) {
    const width = ctx.measureText(tick.label).width
    const at = plot.valToPos(tick.at, 'x', true)
    const start = tick.at <= view.x.low ? at : at - width / 2
    // Words that would run into those before them are left out.
    if (start < free) continue
    ctx.textAlign = 'left'
    ctx.fillText(tick.label, start, bbox.top + bbox.height + 9 * scale)
    free = start + width + 6 * scale
  }
  ctx.textAlign = 'right'
  ctx.textBaseline = 'middle'
  for (const tick of view.y.ticks) {
    if (tick.label === '') continue
    ctx.fillText(tick.label, bbox.left - 9 * scale, plot.valToPos(tick.at, 'y', true))
  }
}
