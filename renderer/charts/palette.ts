import type { Ink } from './chartView'

/** Colours of the current theme as canvas strings: strokes, the legible shade for text of each ink, and the rest of a chart. */
export interface Palette {
  stroke: Readonly<Record<Ink, string>>
  text: Readonly<Record<Ink, string>>
  grid: string
  axis: string
  surface: string
}

/** Reads the tokens in effect. */
export function readPalette(): Palette {
  const style = getComputedStyle(document.documentElement)
  const token = (name: string) => style.getPropertyValue(`--${name}`).trim()
  return {
    stroke: {
      blue: token('hue-blue'),
      orange: token('hue-orange'),
      green: token('hue-green'),
      pink: token('hue-pink'),
      vermilion: token('hue-vermilion'),
      accent: token('accent'),
      faint: token('text-faint'),
      guide: token('chart-guide'),
    },
    text: {
      blue: token('hue-blue-text'),
      orange: token('hue-orange-text'),
      green: token('hue-green-text'),
      pink: token('hue-pink-text'),
      vermilion: token('hue-vermilion-text'),
      accent: token('accent'),
      faint: token('text-faint'),
      guide: token('text-faint'),
    },
    grid: token('chart-grid'),
    axis: token('text-faint'),
    surface: token('surface-panel'),
  }
}

/** Calls `listener` whenever the theme changes; returns what ends it. */
export function onThemeChange(listener: () => void): () => void {
  const observer = new MutationObserver(listener)
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  return () => observer.disconnect()
}
