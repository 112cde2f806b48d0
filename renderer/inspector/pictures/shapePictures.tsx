import { BOTTOM, Box, STEPS, StepRow, TOP, Way, Words } from './drawing'

/** Many time steps become one. */
export function GatherPicture({ keeps }: { keeps: 'last' | 'average' | 'largest' }) {
  const heights = [14, 24, 10, 30, 18]
  const largest = Math.max(...heights)
  return (
    <>
      {STEPS.map((x, step) => {
        const height = heights[step] ?? 0
        const counts = keeps === 'average' || (keeps === 'last' ? step === 4 : height === largest)
        return (
          <g key={x}>
            <Way
              from={[x, BOTTOM - 34]}
              to={[120, TOP + 13]}
              strong={counts}
              head={false}
              strength={counts ? (keeps === 'average' ? 0.6 : 1) : 0.35}
            />
            <rect
              x={x - 10}
              y={BOTTOM + 12 - 40}
              width="20"
              height="40"
              rx="6"
              fill="var(--surface-raised)"
              stroke="var(--picture-edge)"
            />
            <rect
              x={x - 6}
              y={BOTTOM + 8 - height}
              width="12"
              height={height}
              rx="3"
              fill={counts ? 'var(--hue)' : 'var(--picture-edge)'}
            />
          </g>
        )
      })}
      <Box x={120} y={TOP} width={28} height={22} tone="full" />
    </>
  )
}

/** One becomes many. */
export function RepeatPicture() {
  return (
    <>
      {STEPS.map((x) => (
        <Way key={x} from={[120, BOTTOM - 13]} to={[x, TOP + 13]} strong strength={0.7} />
      ))}
      <Box x={120} y={BOTTOM} width={28} height={22} tone="full" />
      <StepRow y={TOP} tone="full" />
    </>
  )
}

const LETTERS = ['1', '2', '3', '4', '5'] as const

export function ReversePicture() {
  return (
    <>
      {STEPS.map((x) => (
        <Way key={x} from={[x, BOTTOM - 12]} to={[240 - x, TOP + 13]} strength={0.8} strong={x === 40} />
      ))}
      <StepRow y={BOTTOM} text={LETTERS} />
      <StepRow y={TOP} tone="soft" text={LETTERS.toReversed()} />
    </>
  )
}

/** A window that takes three steps at a time and slides along. */
export function WindowPicture() {
  return (
    <>
      <rect
        x="64"
        y="72"
        width="112"
        height="36"
        rx="10"
        fill="var(--hue-soft)"
        stroke="var(--hue)"
        strokeWidth="1.5"
      />
      <Way from={[182, 66]} to={[214, 66]} strong />
      {[80, 120, 160].map((x) => (
        <Way key={x} from={[x, 71]} to={[120, TOP + 13]} strong head={x === 120} strength={0.8} />
      ))}
      <StepRow y={BOTTOM} />
      {STEPS.map((x) => (
        <Box key={x} x={x} y={TOP} tone={x < 120 ? 'soft' : x === 120 ? 'full' : 'ghost'} />
      ))}
    </>
  )
}

const INPUTS = [60, 100, 140, 180] as const
const OUTPUTS = [80, 120, 160] as const

/** Everything counts towards everything. */
export function MixPicture() {
  return (
    <>
      {INPUTS.flatMap((from) =>
        OUTPUTS.map((to) => (
          <Way
            key={`${from} ${to}`}
            from={[from, BOTTOM - 10]}
            to={[to, TOP + 11]}
            strong
            head={false}
            strength={0.25 + (((from * 7 + to * 3) % 50) / 50) * 0.65}
          />
        )),
      )}
      {INPUTS.map((x) => (
        <circle key={x} cx={x} cy={BOTTOM} r="10" fill="var(--surface-raised)" stroke="var(--picture-edge)" />
      ))}
      {OUTPUTS.map((x) => (
        <circle key={x} cx={x} cy={TOP} r="10" fill="var(--hue)" />
      ))}
    </>
  )
}

/** Two become one. */
export function JoinPicture({ how }: { how: 'add' | 'multiply' | 'sideBySide' }) {
  const sign = { add: 'M114 56h12M120 50v12', multiply: 'M115.5 51.5l9 9M124.5 51.5l-9 9', sideBySide: '' }[how]
  const cells = (x: number, y: number, tone: 'soft' | 'full') =>
    [-16, 0, 16].map((dx) => <Box key={dx} x={x + dx} y={y} width={14} height={18} radius={4} tone={tone} />)
  return (
    <>
      <Way from={[64, BOTTOM - 12]} to={[how === 'sideBySide' ? 92 : 111, how === 'sideBySide' ? 36 : 61]} />
      <Way from={[176, BOTTOM - 12]} to={[how === 'sideBySide' ? 148 : 129, how === 'sideBySide' ? 36 : 61]} />
      {cells(64, BOTTOM, 'soft')}
      {cells(176, BOTTOM, 'full')}
      {how === 'sideBySide' ? (
        <>
          {cells(95, TOP, 'soft')}
          {cells(145, TOP, 'full')}
        </>
      ) : (
        <>
          <Way from={[120, 46]} to={[120, 34]} />
          <circle cx="120" cy="56" r="10" fill="var(--surface-raised)" stroke="var(--hue)" strokeWidth="1.75" />
          <path d={sign} stroke="var(--hue)" strokeWidth="1.75" strokeLinecap="round" />
          {cells(120, TOP, 'full')}
        </>
      )}
    </>
  )
}

/** A wire that goes on as it came. */
export function PassPicture() {
  return (
    <>
      <Way from={[24, 76]} to={[120, 56]} bend={[90, 84]} strong head={false} />
      <Way from={[120, 56]} to={[216, 36]} bend={[150, 28]} strong />
      <circle cx="120" cy="56" r="8" fill="var(--hue)" />
      <Words x={24} y={94} anchor="start">
        in
      </Words>
      <Words x={216} y={24} anchor="end">
        out
      </Words>
    </>
  )
}
