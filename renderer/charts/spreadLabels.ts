/**
 * Moves labels apart that would overlap. Takes the wished centres and returns centres in the same order, at least `gap` apart
 * and inside [low, high] as long as there is room, each as near to its wish as its neighbours allow.
 */
export function spreadLabels(wished: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wished.map((_, index) => index).sort((a, b) => (wished[a] ?? 0) - (wished[b] ?? 0))
  /** Groups of labels that touch, each laid out around the mean of its members' wishes. */
  const groups: { members: number[]; start: number }[] = []
  for (const index of order) {
    let group = { members: [index], start: wished[index] ?? 0 }
    for (let last = groups.at(-1); last; last = groups.at(-1)) {
      if (group.start - (last.start + gap * (last.members.length - 1)) >= gap) break
      groups.pop()
      const members = [...last.members, ...group.members]
      const mean = members.reduce((sum, member) => sum + (wished[member] ?? 0), 0) / members.length
      group = { members, start: mean - (gap * (members.length - 1)) / 2 }
    }
    group.start = Math.max(low, Math.min(high - gap * (group.members.length - 1), group.start))
    groups.push(group)
  }
  const placed = [...wished]
  let floor = low
  for (const group of groups) {
    const start = Math.max(group.start, floor)
    group.members.forEach((member, place) => {
      placed[member] = start + place * gap
    })
    floor = start + group.members.length * gap
  }
  return placed
}
