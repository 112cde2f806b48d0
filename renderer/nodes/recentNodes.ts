const KEY = 'unroll.recentNodes'
/** How many are offered again. */
const KEPT = 4

/** Types that were added last, the newest first. What is stored may come from another version: names that nobody knows are passed over. */
export function recentNodes(): string[] {
  const stored = localStorage.getItem(KEY) ?? ''
  return stored === '' ? [] : stored.split(' ').slice(0, KEPT)
}

export function rememberNode(type: string): void {
  const others = recentNodes().filter((one) => one !== type)
  localStorage.setItem(KEY, [type, ...others].slice(0, KEPT).join(' '))
}
