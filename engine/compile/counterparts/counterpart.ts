import type { DataSummary } from '../../data/prepared'
import { bad, type Checked, good } from '../../document/diagnostic'
import type { Edit } from '../../document/edits'
import type { Position } from '../../document/layoutSchema'
import type { Model, UnrollDocument } from '../../document/schema'
import { analyseModel } from '../analyse'
import { checkGraph, findModel, noModel } from '../check'
import { hasError } from '../graph'
import { type CounterpartKind, KIND_TITLES, withArticle } from './kinds'
import { cannot, findLayers } from './layers'
import { type Candidate, SizeSearch } from './search'
import { type Building, type Original, recurrentSkeleton, type Skeleton, transformerSkeleton } from './skeleton'

/** How far the number of weights may be off. */
export const TOLERANCE = 0.03

export interface Counterpart {
  model: Model
  /** Of its cards; see the document's layout. */
  positions: Record<string, Position>
  /** What puts the groups and notes of its canvas beside it, once it is added. */
  marks: Edit[]
  /** Weights, and those of the model it was made from. */
  parameters: number
  original: number
}

/**
 * A model of another kind with as many weights as this one, to within 3 %: its layers that go through the time steps are replaced, all
 * else (embedding, dense nodes, output, stacks, side by side) stays. A pure function; a model that has no such counterpart gives a
 * diagnostic that says why.
 *
 * @param named id and name of the new model
 */
export function makeCounterpart(
  document: UnrollDocument,
  modelId: string,
  data: DataSummary,
  kind: CounterpartKind,
  named: { id: string; name: string },
): Checked<Counterpart> {
  const source = findModel(document, modelId)
  if (!source) return bad(noModel(document, modelId))
  const analysis = analyseModel(document, modelId, data)
  const [problem] = analysis.problems
  if (problem && hasError(analysis.problems)) {
    const message = `“${source.name}” cannot be trained as it is, so its number of weights is not settled. First mend this: ${problem.message}`
    return bad(cannot(source, 'problems', message))
  }
  const layers = findLayers(source, checkGraph(document, source, data).value, data, kind)
  if (!layers.ok) return layers
  const model: Model = { ...source, ...named }
  const layout = { ...document.layout, [named.id]: document.layout[modelId] ?? { nodes: {} } }
  const original = { document: { ...document, layout }, model, layers: layers.value, data }
  const search = new SizeSearch(original.document, data, analysis.parameters)
  let nearest: Candidate | null = null
  for (const { candidate, positions, marks } of candidates(original, kind, search)) {
    const off = Math.abs(candidate.parameters / analysis.parameters - 1)
    if (off <= TOLERANCE) return good({ ...candidate, positions, marks, original: analysis.parameters })
    if (!nearest || off < Math.abs(nearest.parameters / analysis.parameters - 1)) nearest = candidate
  }
  return bad(cannot(source, 'outOfReach', outOfReach(source, kind, nearest, analysis.parameters)))
}

/** True when every layer of the model is of this kind already, so that a counterpart would be a copy. Needs no sizes, so it is quick. */
export function isOfKind(document: UnrollDocument, modelId: string, data: DataSummary, kind: CounterpartKind): boolean {
  const model = findModel(document, modelId)
  if (!model) return false
  const layers = findLayers(model, checkGraph(document, model, data).value, data, kind)
  return !layers.ok && layers.problems[0]?.code === 'counterpart.same'
}

const PLAIN: Building = { project: false, bringBack: false }
const PROJECTED: Building = { project: true, bringBack: false }
const BROUGHT_BACK: Building = { project: false, bringBack: true }
const BOTH: Building = { project: true, bringBack: true }
/** A Transformer usually has a width of its own; recurrent layers get a Dense in front only where nothing else helps. */
const BUILDINGS: Readonly<Record<'transformer' | 'recurrent', readonly Building[]>> = {
  transformer: [PLAIN, PROJECTED, BROUGHT_BACK, BOTH],
  recurrent: [PLAIN, BROUGHT_BACK, PROJECTED],
}

/** Ways to build it, the plainest first. */
function* candidates(
  original: Original,
  kind: CounterpartKind,
  search: SizeSearch,
): Generator<{ candidate: Candidate; positions: Record<string, Position>; marks: Edit[] }> {
  const found = (candidate: Candidate | null, { positions, marks }: Skeleton) =>
    candidate ? [{ candidate, positions, marks }] : []
  for (const building of BUILDINGS[kind === 'transformer' ? 'transformer' : 'recurrent']) {
    if (kind === 'transformer') {
      const skeleton = transformerSkeleton(original, building)
      yield* found(search.transformer(skeleton), skeleton)
    } else {
      const skeleton = recurrentSkeleton(original, kind, building)
      yield* found(search.recurrent(skeleton), skeleton)
    }
  }
}

function outOfReach(model: Model, kind: CounterpartKind, nearest: Candidate | null, wanted: number): string {
  const title = KIND_TITLES[kind]
  if (!nearest) {
    return `The layers of “${model.name}” are wired so that ${withArticle(kind)} does not fit in their place. Build the ${title} by hand, or simplify the model first.`
  }
  const off = Math.round(Math.abs(nearest.parameters / wanted - 1) * 100)
  const side = nearest.parameters > wanted ? 'more' : 'fewer'
  return `The nearest ${title} would have ${off} % ${side} weights than “${model.name}”, too far for a fair comparison. Change the sizes of “${model.name}” a little and try again.`
}
