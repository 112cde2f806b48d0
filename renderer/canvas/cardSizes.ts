const sizes = new Map<string, { width: number; height: number }>()

/** Sizes of the cards as they were last drawn, by node id; for finding a free place. */
export const cardSizes = {
  get: (node: string): { width: number; height: number } | undefined => sizes.get(node),
  set: (node: string, size: { width: number; height: number }): void => {
    sizes.set(node, size)
  },
}
