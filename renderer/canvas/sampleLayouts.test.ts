import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { parseDocument } from '../../engine/document/parse'
import type { Model } from '../../engine/document/schema'
import { overlaps } from './geometry'
import { contentOf, FRAME, type Layout, rectangleIn } from './places'

const folder = fileURLToPath(new URL('../../samples/', import.meta.url))

/** Pairs of cards that lie on each other, and cards on the head or the doors of their frame. */
function misplaced(model: Model, layout: Layout): string[] {
  const found: string[] = []
  for (const [frame, ids] of contentOf(model)) {
    ids.forEach((id, index) => {
      const place = layout[id] ?? { x: 0, y: 0 }
      if (frame !== null && (place.x < FRAME.inset.x || place.y < FRAME.inset.y)) found.push(`${id} at ${frame}'s wall`)
      const box = rectangleIn(model, layout, id)
      for (const other of ids.slice(index + 1)) {
        if (overlaps(box, rectangleIn(model, layout, other))) found.push(`${id} on ${other}`)
      }
    })
  }
  return found
}

it.each(readdirSync(folder).filter((file) => file.endsWith('.unroll')))('no card lies on another in %s', (file) => {
  const parsed = parseDocument(readFileSync(join(folder, file), 'utf8'), file)
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message)
  const { models, layout } = parsed.value
  expect(models.map((model) => [model.id, misplaced(model, layout[model.id]?.nodes ?? {})])).toEqual(
    models.map((model) => [model.id, []]),
  )
})
