import { Curves } from './Curves'

/** Three models learn the same: one soon, one later, one hardly. */
export function CompareArt() {
  return (
    <Curves
      curves={[
        { hue: 'var(--hue-orange)', dash: '', path: 'M18 92C40 90 52 24 88 21C130 18 170 18 206 18', end: 18 },
        { hue: 'var(--hue-blue)', dash: '7 5', path: 'M18 96C70 96 96 92 118 58C134 34 158 31 206 30', end: 30 },
        { hue: 'var(--hue-vermilion)', dash: '2 4', path: 'M18 98C80 97 130 86 206 78', end: 78 },
      ]}
    />
  )
}
