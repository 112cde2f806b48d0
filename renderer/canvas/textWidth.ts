/** Pixels that a text takes in one line, in the window's typeface. */
export type TextWidth = (text: string, style: { weight: number; pixels: number }) => number

/** More texts than a window shows; then the measures are taken anew. */
const MOST = 5000

/** Measures with the browser's own pen, each text once. */
export function createTextWidth(): TextWidth {
  const pen = document.createElement('canvas').getContext('2d')
  const family = getComputedStyle(document.documentElement).getPropertyValue('--font')
  const known = new Map<string, number>()
  return (text, { weight, pixels }) => {
    const font = `${weight} ${pixels}px ${family}`
    const key = `${font} ${text}`
    const before = known.get(key)
    if (before !== undefined) return before
    if (known.size > MOST) known.clear()
    if (pen) pen.font = font
    const width = pen?.measureText(text).width ?? 0
    known.set(key, width)
    return width
  }
}
