import { isSame } from '../base/isSame'
import type { ShapedNode } from './graph'

type Shapes = Pick<ShapedNode, 'inputShapes' | 'outputShapes'>

/** By a node's settings, which are one object as long as the node is (see readGraph). */
const remembered = new WeakMap<ShapedNode['settings'], Shapes>()

/** The shapes found last for the node with these settings, where they hold the same as `found`: who compares them need not look inside. */
export function keepShapes(settings: ShapedNode['settings'], found: Shapes): Shapes {
  const known = remembered.get(settings)
  if (known && isSame(known.inputShapes, found.inputShapes) && isSame(known.outputShapes, found.outputShapes)) {
    return known
  }
  remembered.set(settings, found)
  return found
}
