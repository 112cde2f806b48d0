import type uPlot from 'uplot'
import type { ChartBand, ChartGuide, ChartLine, ChartMark, ChartView, Ink } from './chartView'
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

/** Reference lines from the axis to `end` (canvas pixels); their words stand behind it, see drawLabels. */
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

/** Rings, and their words. `newest` is where the lines end (canvas pixels). */
export function drawMarks({ plot, palette }: Ground, marks: readonly ChartMark[], newest: number): void {
  const { ctx } = plot
  const scale = scaleOf(plot)
  for (const mark of marks) {
    const x = plot.valToPos(mark.x, 'x', true)
    const y = plot.valToPos(mark.y, 'y', true)
    ctx.save()
    // The line drawn last may have left its dashes behind.
    ctx.setLineDash([])
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
    const half = ctx.measureText(mark.label).width / 2
    // Where the newest values have their own words, those of the mark keep to its left.
    const crowded = x + half > newest
    ctx.textAlign = crowded ? 'right' : 'center'
    ctx.textBaseline = 'top'
    writeClear(ctx, palette, mark.label, crowded ? x - 4 * scale : x, y + 9 * scale, mark.ink)
  }
}

interface Words {
  text: string
  ink: Ink
  /** Canvas pixels: the left edge, the width, and the middle where they would like to stand. */
  left: number
  width: number
  middle: number
}

/**
 * The words at the ends of lines and at reference lines, moved apart where they would overlap. `end` is where the run's axis ends
 * (canvas pixels): reference lines reach it from the start, other lines only when the run is over.
 */
export function drawLabels({ plot, palette }: Ground, view: ChartView, end: number): void {
  const { ctx, bbox } = plot
  const scale = scaleOf(plot)
  setFont(plot, 500)
  ctx.textAlign = 'left'
  ctx.textBaseline = 'middle'
  const lines = view.lines.filter((line) => line.label !== undefined && line.x.length > 0)
  const newest = plot.valToPos(Math.max(...lines.map((line) => line.x.at(-1) ?? 0)), 'x', true)
  const atLines = lines.map((line): Words => {
    const text = line.label ?? ''
    const middle = plot.valToPos(line.y.at(-1) ?? 0, 'y', true)
    return { text, ink: line.ink, left: newest + LABEL_SPACE * scale, width: ctx.measureText(text).width, middle }
  })
  const atGuides = view.guides.map((guide): Words => {
    const width = ctx.measureText(guide.label).width
    const left = guide.inside ? bbox.left + bbox.width - width - 2 * scale : end + LABEL_SPACE * scale
    const line = plot.valToPos(guide.value, 'y', true)
    const middle = guide.inside ? line + (standsAbove(plot, lines, guide) ? -9 : 10) * scale : line
    return { text: guide.label, ink: guide.ink, left, width, middle }
  })
  const reach = Math.max(0, ...atLines.map((words) => words.left + words.width))
  const apart = atGuides.every((words) => words.left > reach + LABEL_SPACE * scale)
  for (const group of apart ? [atLines, atGuides] : [[...atLines, ...atGuides]]) {
    const placed = spreadLabels(
      group.map((words) => words.middle),
      LABEL_GAP * scale,
      bbox.top,
      bbox.top + bbox.height,
    )
    group.forEach((words, index) => {
      writeClear(ctx, palette, words.text, words.left, placed[index] ?? 0, words.ink)
    })
  }
}

/** Words on a reference line stand above it, unless most lines end there or there is no room. */
function standsAbove(plot: uPlot, lines: readonly ChartLine[], guide: ChartGuide): boolean {
  const { bbox } = plot
  const gap = LABEL_GAP * scaleOf(plot)
  const y = plot.valToPos(guide.value, 'y', true)
  if (bbox.top + bbox.height - y <= gap) return true
  const above = lines.filter((line) => (line.y.at(-1) ?? guide.value) > guide.value)
  return y - bbox.top > gap && above.length * 2 <= lines.length
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
