import { type Counterpart, makeCounterpart } from '../../engine/compile/counterparts/counterpart'
import { type CounterpartKind, KIND_TITLES } from '../../engine/compile/counterparts/kinds'
import { formatCount } from '../../engine/data/describeData'
import type { DataSummary } from '../../engine/data/prepared'
import { freshModelId } from '../../engine/document/create'
import { type Checked, good } from '../../engine/document/diagnostic'
import type { Act } from '../../engine/document/edits'
import type { UnrollDocument } from '../../engine/document/schema'
import { freePlace } from '../canvas/geometry'
import { rectangleIn } from '../canvas/places'
import { tell, warn } from '../shell/notify'
import { useDocument } from '../state/document'
import { foldRow, widthOf } from './foldRow'

/** Words in a name that say what kind a model is. */
const KIND_WORDS = /\b(?:transformer|lstm|gru|rnn)\b/i

/** "LSTM" becomes "Transformer", "Forward LSTM" "Forward Transformer", "Model 1" "Model 1 as Transformer"; a number when that is taken. */
export function counterpartName(document: UnrollDocument, original: string, kind: CounterpartKind): string {
  const title = KIND_TITLES[kind]
  const named = KIND_WORDS.test(original) ? original.replace(KIND_WORDS, title) : `${original} as ${title}`
  const base = named.slice(0, 190)
  const taken = new Set(document.models.map(({ name }) => name))
  if (!taken.has(base)) return base
  for (let n = 2; ; n += 1) if (!taken.has(`${base} ${n}`)) return `${base} ${n}`
}

/** One undo entry: a model of another kind with as many weights, or why there is none. */
export function counterpartAct(
  document: UnrollDocument,
  model: string,
  data: DataSummary,
  kind: CounterpartKind,
): Checked<{ act: Act; made: Counterpart }> {
  const original = document.models.find(({ id }) => id === model)?.name ?? ''
  const name = counterpartName(document, original, kind)
  const made = makeCounterpart(document, model, data, kind, { id: freshModelId(document), name })
  if (!made.ok) return made
  const source = document.models.find(({ id }) => id === model)
  const before = source ? widthOf(source, document.layout[model]?.nodes ?? {}) : 0
  const { positions, marks } = inRows(made.value, before)
  const label = `Duplicate ${original} as ${KIND_TITLES[kind]}`
  return good({
    act: { label, edits: [{ kind: 'addModel', model: made.value.model, positions }, ...marks] },
    made: made.value,
  })
}

/** A row that grew longer than one can read in rows, with its notes beside the cards; as it is where it has groups, which hold a place. */
function inRows({ model, positions, marks }: Counterpart, before: number): Pick<Counterpart, 'positions' | 'marks'> {
  const rows = marks.every(({ kind }) => kind === 'setNote') ? foldRow(model, positions, before) : null
  if (!rows) return { positions, marks }
  const taken = Object.keys(model.nodes).map((id) => rectangleIn(model, rows, id))
  const beside = marks.map((mark) => {
    if (mark.kind !== 'setNote' || !mark.value) return mark
    const note = { ...mark.value, ...freePlace(mark.value, mark.value, taken) }
    taken.push(note)
    return { ...mark, value: note }
  })
  return { positions: rows, marks: beside }
}

/** Duplicates the model on the canvas as another kind and opens its tab, or says why that cannot be. */
export function duplicateAs(kind: CounterpartKind): void {
  const state = useDocument.getState()
  const title = `No ${KIND_TITLES[kind]} was made`
  if (!state.summary) {
    warn(title, 'The data are not read yet, so the number of weights is not known. Try again in a moment.')
    return
  }
  const result = counterpartAct(state.document, state.activeModel, state.summary, kind)
  if (!result.ok) {
    warn(title, result.problems[0]?.message ?? '')
    return
  }
  const { act, made } = result.value
  state.apply(act)
  tell(
    `${made.model.name}: ${formatCount(made.parameters)} weights, as many as the ${formatCount(made.original)} before.`,
  )
}
