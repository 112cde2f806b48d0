import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

/** The tokens of one theme: name without dashes → #rrggbb. */
function tokensOf(theme: 'dark' | 'light'): Map<string, string> {
  const block = css.split(`[data-theme="${theme}"] {`)[1]?.split('\n}')[0] ?? ''
  return new Map([...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
}

/** Relative luminance, WCAG 2.2. */
function luminance(hex: string): number {
  const channel = (at: number) => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(first: string, second: string): number {
  const [a, b] = [luminance(first), luminance(second)]
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

const surfaces = ['surface-canvas', 'surface-panel', 'surface-raised', 'surface-sunken']
const hues = ['green', 'blue', 'orange', 'pink', 'vermilion']
const pairs: [string, string][] = [
  ...surfaces.flatMap((surface): [string, string][] => [
    ['text', surface],
    ['text-dim', surface],
    ['text-faint', surface],
    ['accent', surface],
    ['danger', surface],
    ['warning', surface],
    ['success', surface],
    ...[...hues, 'yellow'].map((hue): [string, string] => [`hue-${hue}-text`, surface]),
  ]),
  ...hues.map((hue): [string, string] => [`on-hue-${hue}`, `hue-${hue}`]),
  ['text', 'surface-hover'],
  ['text-dim', 'surface-hover'],
  ['text', 'accent-soft'],
  ['text-dim', 'accent-soft'],
  ['accent-text', 'accent'],
  ['accent-text', 'accent-hover'],
  ['danger-text', 'danger'],
  ['danger', 'danger-soft'],
  ['text', 'danger-soft'],
  ['warning', 'warning-soft'],
  ['success', 'success-soft'],
  ['text-inverse', 'surface-inverse'],
]

describe.each(['dark', 'light'] as const)('%s theme', (theme) => {
  const tokens = tokensOf(theme)
  it('defines the same tokens as the other theme', () => {
    expect([...tokens.keys()].sort()).toEqual([...tokensOf(theme === 'dark' ? 'light' : 'dark').keys()].sort())
  })
  it.each(pairs)('writes --%s on --%s legibly (AA, 4.5)', (ink, paper) => {
    expect(contrast(tokens.get(ink) ?? '', tokens.get(paper) ?? '')).toBeGreaterThanOrEqual(4.5)
  })
  it.each(surfaces)('draws field edges and the focus ring visibly on --%s (AA, 3)', (surface) => {
    expect(contrast(tokens.get('focus') ?? '', tokens.get(surface) ?? '')).toBeGreaterThanOrEqual(3)
    expect(contrast(tokens.get('border-strong') ?? '', tokens.get(surface) ?? '')).toBeGreaterThanOrEqual(3)
  })
})
