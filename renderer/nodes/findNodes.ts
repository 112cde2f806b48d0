import type { AnyNodeDefinition } from '../../engine/nodes/defineNode'
import { categories, categoryOrder } from './categories'

type Searchable = Pick<AnyNodeDefinition, 'title' | 'synonyms' | 'category' | 'summary'>

/** How well a node type answers a search: 0 best; null not at all. */
function rank({ title, synonyms, category, summary }: Searchable, words: string): number | null {
  const name = title.toLowerCase()
  if (name.startsWith(words)) return 0
  if (name.split(/\W+/).some((word) => word.startsWith(words))) return 1
  if (synonyms.some((synonym) => synonym.toLowerCase().startsWith(words))) return 2
  if (name.includes(words)) return 3
  if (synonyms.some((synonym) => synonym.toLowerCase().includes(words))) return 4
  if (categories[category].title.toLowerCase().includes(words)) return 5
  return summary.toLowerCase().includes(words) ? 6 : null
}

/** Node types that answer a search by title, synonym, category or summary, best first; all of them, in palette order, for none. */
export function findNodes<D extends Searchable>(definitions: readonly D[], search: string): D[] {
  const words = search.trim().toLowerCase()
  const inOrder = categoryOrder.flatMap((category) => definitions.filter((one) => one.category === category))
  if (words === '') return inOrder
  const ranked = inOrder.flatMap((definition) => {
    const score = rank(definition, words)
    return score === null ? [] : [{ definition, score }]
  })
  return ranked.sort((a, b) => a.score - b.score).map(({ definition }) => definition)
}

/** The found types under the titles of their categories, in palette order; categories without any are left out. */
export function groupNodes<D extends Searchable>(found: readonly D[]): { title: string; nodes: D[] }[] {
  return categoryOrder
    .map((category) => ({
      title: categories[category].title,
      nodes: found.filter((one) => one.category === category),
    }))
    .filter(({ nodes }) => nodes.length > 0)
}
