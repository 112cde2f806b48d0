/**
 * A number as people read it: three significant digits, never more than needed, no exponent between 0.001 and 10 000.
 * "1.62", "0.041", "12.3", "128", "3.4e-5".
 */
export function shortNumber(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const size = Math.abs(value)
  if (size === 0) return '0'
  if (size >= 10_000 || size < 0.001) return value.toExponential(1).replace('e+', 'e')
  if (size >= 100) return value.toFixed(0)
  if (size >= 10) return value.toFixed(1)
  if (size >= 1) return value.toFixed(2)
  return value.toPrecision(2)
}

/** "231 000": thin groups of three, as on the cards. */
export function groupedNumber(value: number): string {
  return Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, ' ')
}

/** A share in [0, 1] as "8 %"; small ones keep a digit: "0.4 %". */
export function percent(share: number): string {
  const value = share * 100
  if (value !== 0 && Math.abs(value) < 1) return `${value.toFixed(1)} %`
  return `${Math.round(value)} %`
}
