import type { SpotlightActionGroupData, SpotlightFilterFunction } from '@mantine/spotlight'

/**
 * Actions that hold every word of the query in their label or keywords, best first: those whose label begins with the query, then those
 * with a word that does, then the others; a group stands where its best action would. Without a query all, as they are.
 */
export const rankActions: SpotlightFilterFunction = (query, data) => {
  const wanted = query.trim().toLowerCase()
  if (wanted === '') return data
  const groups = data
    .filter((one): one is SpotlightActionGroupData => 'actions' in one)
    .map(({ group, actions }) => {
      const ranked = actions
        .map((action) => ({ action, rank: rankOf(action.label ?? '', [action.keywords ?? []].flat(), wanted) }))
        .filter(({ rank }) => rank < Number.POSITIVE_INFINITY)
        .sort((a, b) => a.rank - b.rank)
      return { group, best: ranked[0]?.rank ?? 0, actions: ranked.map(({ action }) => action) }
    })
  return groups
    .filter(({ actions }) => actions.length > 0)
    .sort((a, b) => a.best - b.best)
    .map(({ group, actions }) => ({ group, actions }))
}

function rankOf(label: string, keywords: readonly string[], wanted: string): number {
  const name = label.toLowerCase()
  if (name.startsWith(wanted)) return 0
  if (` ${name}`.includes(` ${wanted}`)) return 1
  if (name.includes(wanted)) return 2
  const all = [name, ...keywords].join(' ').toLowerCase()
  return wanted.split(/\s+/).every((word) => all.includes(word)) ? 3 : Number.POSITIVE_INFINITY
}
