import { Curves } from './Curves'

/** Two models fall side by side, now one ahead, now the other. */
export function CrossingArt() {
  return (
    <Curves
      curves={[
        { hue: 'var(--hue-orange)', dash: '', path: 'M18 16C44 66 84 58 118 76S176 88 206 90', end: 90 },
        { hue: 'var(--hue-blue)', dash: '7 5', path: 'M18 24C34 44 62 78 104 76S168 80 206 80', end: 80 },
      ]}
    />
  )
}
