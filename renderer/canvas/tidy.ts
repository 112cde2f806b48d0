import type { ELK } from 'elkjs/lib/elk-api'
import workerFile from 'elkjs/lib/elk-worker.min.js?url'
import type { Model } from '../../engine/document/schema'
import type { Groups } from './groups/blocks'
import { isFrame, type Layout } from './places'
import { tidyPlaces } from './tidyPlaces'

let loaded: Promise<ELK> | null = null

/** The layout library, large and slow, is fetched when it is first needed and works in a thread of its own. */
function library(): Promise<ELK> {
  loaded ??= import('elkjs/lib/elk-api').then(
    ({ default: Elk }) =>
      new Elk({
        workerFactory: () => new Worker(workerFile),
      }),
  )
  return loaded
}

/** See tidyPlaces. */
export async function tidied(model: Model, layout: Layout, groups: Groups): ReturnType<typeof tidyPlaces> {
  const elk = await library()
  return tidyPlaces(model, layout, groups, (graph) => elk.layout(graph))
}

/** Frames of the model whose size was set by hand; tidying takes it away. */
export function sizedFrames(model: Model, layout: Layout): string[] {
  return Object.keys(model.nodes).filter((id) => isFrame(model, id) && layout[id]?.width !== undefined)
}
