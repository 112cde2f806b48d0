import { assertNever } from '../../../engine/base/invariant'
import type { Picture } from '../../../engine/nodes/picture'
import { BOTTOM, Box, STEPS, StepRow, TOP, Way, Words } from './drawing'

type Says = Extract<Picture, { kind: 'answer' }>['says']

/** Where the model says something: a number, a class, a tag for each step, what comes next, a whole answer. */
export function AnswerPicture({ says }: { says: Says }) {
  switch (says) {
    case 'number':
      return (
        <>
          <path
            d="M20 84C44 84 48 50 72 50S100 70 122 62 146 40 156 42"
            fill="none"
            stroke="var(--picture-line)"
            strokeWidth="2"
            strokeLinecap="round"
          />
          <path d="M156 42L212 12V66Z" fill="var(--hue-soft)" />
          <path d="M156 42L212 34" stroke="var(--hue)" strokeWidth="2" strokeDasharray="4 4" strokeLinecap="round" />
          <circle cx="212" cy="34" r="5.5" fill="var(--hue)" />
          <path d="M156 10V102" stroke="var(--picture-edge)" strokeDasharray="2 4" />
          <Words x={156} y={110}>
            now
          </Words>
        </>
      )
    case 'class':
      return (
        <>
          <Box x={44} y={56} width={40} height={40} tone="soft" radius={10} />
          <Way from={[70, 56]} to={[98, 56]} />
          {[34, 96, 22].map((width, row) => (
            <g key={width}>
              <rect
                x="108"
                y={20 + row * 28}
                width="108"
                height="16"
                rx="5"
                fill="var(--surface-raised)"
                stroke="var(--picture-edge)"
              />
              <rect
                x="108"
                y={20 + row * 28}
                width={width}
                height="16"
                rx="5"
                fill={row === 1 ? 'var(--hue)' : 'var(--picture-line)'}
                opacity={row === 1 ? 1 : 0.5}
              />
            </g>
          ))}
        </>
      )
    case 'tags':
      return (
        <>
          {STEPS.map((x) => (
            <Way key={x} from={[x, BOTTOM - 12]} to={[x, TOP + 13]} />
          ))}
          <StepRow y={BOTTOM} />
          <StepRow y={TOP} tone="full" text={['A', 'B', 'A', 'C', 'B']} />
        </>
      )
    case 'next': {
      const letters = ['w', 'h', 'a', 'l', '?']
      return (
        <>
          {STEPS.slice(0, 4).map((x) => (
            <Way key={x} from={[x + 3, BOTTOM - 12]} to={[x + 37, TOP + 13]} strength={0.8} />
          ))}
          <StepRow y={BOTTOM} text={letters.slice(0, 4)} />
          <Box x={200} y={BOTTOM} tone="ghost">
            ?
          </Box>
          {STEPS.slice(1).map((x, step) => (
            <Box key={x} x={x} y={TOP} tone={x === 200 ? 'full' : 'soft'}>
              {['h', 'a', 'l', 'e'][step] ?? ''}
            </Box>
          ))}
        </>
      )
    }
    case 'sequence':
      return (
        <>
          <Box x={36} y={BOTTOM - 10} width={40} height={40} tone="soft" radius={10} />
          <Way from={[58, BOTTOM - 10]} to={[80, BOTTOM - 10]} />
          {[100, 144, 188].map((x, step) => (
            <g key={x}>
              <Box x={x} y={BOTTOM - 10} width={28} height={28} tone="full" radius={8} strength={0.75} />
              <Way from={[x, BOTTOM - 27]} to={[x, TOP + 14]} />
              <Box x={x} y={TOP} tone="soft">
                {['B', 'O', 'T'][step] ?? ''}
              </Box>
              <Way
                from={[x + 11, TOP + 4]}
                to={[x + (step < 2 ? 30 : 36), BOTTOM - (step < 2 ? 18 : 34)]}
                bend={[x + 24, 44]}
                strength={step < 2 ? 0.9 : 0.3}
              />
            </g>
          ))}
        </>
      )
    default:
      return assertNever(says)
  }
}
