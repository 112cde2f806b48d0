import type { Category } from '../../engine/nodes/defineNode'

/** `unknown`: a node type that this version does not have; it keeps its place until a newer one opens the document. */
export type CategoryKey = Category | 'unknown'

export type Hue = 'green' | 'blue' | 'orange' | 'pink' | 'vermilion' | 'grey'

export const categories: Readonly<Record<CategoryKey, { title: string; hue: Hue }>> = {
  data: { title: 'Data', hue: 'orange' },
  remember: { title: 'Remember over time', hue: 'green' },
  attend: { title: 'Look anywhere', hue: 'blue' },
  represent: { title: 'Words and numbers', hue: 'orange' },
  shape: { title: 'Shape', hue: 'blue' },
  output: { title: 'Results', hue: 'vermilion' },
  unknown: { title: 'Unknown', hue: 'grey' },
}

/** In the order of the palette: what people look for first stands first. */
export const categoryOrder: readonly Category[] = ['remember', 'attend', 'represent', 'shape', 'output', 'data']
