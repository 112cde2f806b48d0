import type { ReactNode } from 'react'

/** What all pictures are made of. Their sheet is 240 × 112; colours come from the node's category (`--hue`). */
export const SHEET = { width: 240, height: 112 } as const

/** Middles of five time steps. */
export const STEPS = [40, 80, 120, 160, 200] as const
/** Middles of the rows: what goes out, what comes in. */
export const TOP = 22
export const BOTTOM = 90

type Tone = 'plain' | 'soft' | 'full' | 'ghost'

/** A value at one time step, or a part of the model; `x` and `y` are its middle. */
export function Box(props: {
  x: number
  y: number
  width?: number
  height?: number
  tone?: Tone
  radius?: number
  /** Of a full box: how strongly it is there, 0 … 1. */
  strength?: number
  children?: ReactNode
}) {
  const { x, y, width = 20, height = 20, tone = 'plain', radius = 6, strength = 1, children } = props
  const box = { x: x - width / 2, y: y - height / 2, width, height, rx: radius }
  const written = tone === 'full' && strength > 0.6
  return (
    <>
      <rect {...box} fill="var(--surface-raised)" stroke={tone === 'ghost' ? 'none' : 'var(--picture-edge)'} />
      {tone === 'soft' && <rect {...box} fill="var(--hue-soft)" stroke="var(--hue)" />}
      {tone === 'full' && <rect {...box} fill="var(--hue)" opacity={strength} />}
      {tone === 'ghost' && <rect {...box} fill="none" stroke="var(--picture-edge)" strokeDasharray="3 3" />}
      {typeof children === 'string' ? (
        <text x={x} y={y + 3.5} textAnchor="middle" fill={written ? 'var(--on-hue)' : 'var(--text)'} fontWeight={600}>
          {children}
        </text>
      ) : (
        children
      )}
    </>
  )
}

/** A way from one place to another, with a head; `bend` leads it aside in the middle. */
export function Way(props: {
  from: readonly [number, number]
  to: readonly [number, number]
  bend?: readonly [number, number]
  strong?: boolean
  /** How strongly it is there, 0 … 1. */
  strength?: number
  head?: boolean
}) {
  const { from, to, bend, strong = false, strength = 1, head = true } = props
  const [x, y] = to
  const [fromX, fromY] = bend ?? from
  const length = Math.hypot(x - fromX, y - fromY) || 1
  const [dx, dy] = [(x - fromX) / length, (y - fromY) / length]
  const wing = (side: 1 | -1) => `${x - dx * 5 - side * dy * 3.2} ${y - dy * 5 + side * dx * 3.2}`
  const color = strong ? 'var(--hue)' : 'var(--picture-line)'
  return (
    <g opacity={strength} stroke={color} strokeWidth={strong ? 1.75 : 1.25} strokeLinecap="round" fill="none">
      <path d={bend ? `M${from.join(' ')}Q${bend.join(' ')} ${x} ${y}` : `M${from.join(' ')}L${x} ${y}`} />
      {head && <path d={`M${wing(1)}L${x} ${y}L${wing(-1)}`} strokeLinejoin="round" />}
    </g>
  )
}

export function Words(props: {
  x: number
  y: number
  children: string
  anchor?: 'start' | 'middle' | 'end'
  strong?: boolean
}) {
  const { x, y, children, anchor = 'middle', strong = false } = props
  return (
    <text x={x} y={y} textAnchor={anchor} fill={strong ? 'var(--hue-text)' : 'var(--text-dim)'}>
      {children}
    </text>
  )
}

/** One box for each of five time steps. */
export function StepRow({ y, tone = 'plain', text }: { y: number; tone?: Tone; text?: readonly string[] }) {
  return STEPS.map((x, step) => (
    <Box key={x} x={x} y={y} tone={tone}>
      {text?.[step] ?? ''}
    </Box>
  ))
}
