import type { Diagnostic } from './diagnostic'
import { mostBeside } from './groups'
import { idSchema } from './ids'
import { type Group, groupSchema, MAX_MARKS, noteSchema } from './layoutSchema'
import type { Model, UnrollDocument } from './schema'

const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`

/** How many groups and notes of each model were of no use, by its id. */
type Lost = ReadonlyMap<string, { groups: number; notes: number }>

/**
 * Takes groups and notes that are damaged (a reserved id, a text that is none) out of a file's layout before it is judged: they are for
 * people only and must not keep a model from opening.
 */
export function takeDamagedMarks(layout: unknown): { layout: unknown; lost: Lost } {
  const lost = new Map<string, { groups: number; notes: number }>()
  if (!isRecord(layout)) return { layout, lost }
  const models = Object.entries(layout).map(([model, one]) => {
    if (!isRecord(one)) return [model, one] as const
    const groups = soundOf(one.groups, groupSchema)
    const notes = soundOf(one.notes, noteSchema)
    if (groups.lost === 0 && notes.lost === 0) return [model, one] as const
    lost.set(model, { groups: groups.lost, notes: notes.lost })
    const { groups: _, notes: __, ...rest } = one
    const kept = {
      ...(groups.kept === undefined ? {} : { groups: groups.kept }),
      ...(notes.kept === undefined ? {} : { notes: notes.kept }),
    }
    return [model, { ...rest, ...kept }] as const
  })
  return { layout: lost.size === 0 ? layout : Object.fromEntries(models), lost }
}

interface Judge {
  safeParse(value: unknown): { success: boolean }
}

/** The entries that are sound, at most as many as a model may hold; undefined: none. */
function soundOf(raw: unknown, schema: Judge): { kept: Record<string, unknown> | undefined; lost: number } {
  if (raw === undefined) return { kept: undefined, lost: 0 }
  if (!isRecord(raw)) return { kept: undefined, lost: 1 }
  const entries = Object.entries(raw)
  const sound = entries.filter(([id, value]) => idSchema.safeParse(id).success && schema.safeParse(value).success)
  const kept = sound.slice(0, MAX_MARKS)
  const lost = entries.length - kept.length
  return { kept: kept.length === 0 && lost > 0 ? undefined : Object.fromEntries(kept), lost }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** One sentence for each model that lost groups or notes. */
export function lostMarksProblems(models: readonly Model[], lost: Lost): Diagnostic[] {
  return models.flatMap(({ id, name }) => {
    const gone = lost.get(id)
    if (!gone) return []
    const words = [
      ...(gone.groups > 0 ? [plural(gone.groups, 'group')] : []),
      ...(gone.notes > 0 ? [plural(gone.notes, 'note')] : []),
    ].join(' and ')
    const was = gone.groups + gone.notes === 1 ? 'was damaged and was' : 'were damaged and were'
    return [warning(id, `${words} on the canvas of model “${name}” ${was} left out; the nodes are all there.`)]
  })
}

/**
 * A document whose groups name only nodes that are there, each node in one group, all of a group side by side. What had to be changed
 * is told in one warning for each model.
 */
export function repairGroups(document: UnrollDocument, problems: Diagnostic[]): UnrollDocument {
  const layout = { ...document.layout }
  let changed = false
  for (const model of document.models) {
    const known = Object.hasOwn(layout, model.id) ? layout[model.id] : undefined
    if (!known?.groups) continue
    const { groups, mended } = soundGroups(model, known.groups)
    if (mended === 0) continue
    changed = true
    const { groups: _, ...rest } = known
    layout[model.id] = Object.keys(groups).length === 0 ? rest : { ...rest, groups }
    const what = `${plural(mended, 'group')} of model “${model.name}” held`
    problems.push(
      warning(
        model.id,
        `${what} nodes that do not exist, lie in another group or do not lie side by side; those were taken out of ${mended === 1 ? 'it' : 'them'}.`,
      ),
    )
  }
  return changed ? { ...document, layout } : document
}

function soundGroups(model: Model, groups: Readonly<Record<string, Group>>) {
  const taken = new Set<string>()
  const sound: Record<string, Group> = {}
  let mended = 0
  // By id, so that the same file is always mended in the same way.
  for (const [id, group] of Object.entries(groups).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const free = [...new Set(group.nodes)].filter((node) => Object.hasOwn(model.nodes, node) && !taken.has(node))
    const nodes = mostBeside(model, free)
    for (const node of nodes) taken.add(node)
    if (nodes.length !== group.nodes.length || nodes.length === 0) mended += 1
    if (nodes.length > 0) sound[id] = nodes.length === group.nodes.length ? group : { ...group, nodes }
  }
  return { groups: sound, mended }
}

function warning(model: string, message: string): Diagnostic {
  return { code: 'document.groups', severity: 'warning', message, place: { kind: 'model', model } }
}
