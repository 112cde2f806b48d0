import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { prepareData } from '../data/prepare'
import type { DataSummary } from '../data/prepared'
import type { DataDefinition } from '../document/dataSchema'
import { parseDocument } from '../document/parse'
import type { UnrollDocument } from '../document/schema'
import { printProgram } from '../ir/print'
import { analyseModel } from './analyse'
import { compileModel } from './compile'

const folder = fileURLToPath(new URL('../../samples/', import.meta.url))
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.unroll'))
  .sort()

function open(file: string): UnrollDocument {
  const parsed = parseDocument(readFileSync(join(folder, file), 'utf8'), file)
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message)
  return parsed.value
}

function summaryOf(data: DataDefinition): DataSummary {
  const source = data.kind === 'generator' || data.source.kind !== 'sample' ? null : data.source.name
  const bytes = source === null ? null : new Uint8Array(readFileSync(join(folder, 'data', source)))
  const prepared = prepareData(data, bytes)
  if (!prepared.ok) throw new Error(prepared.problems[0]?.message)
  return prepared.value.summary
}

test('there are samples', () => {
  expect(files.length).toBeGreaterThan(2)
})

describe.each(files)('sample %s', (file) => {
  const document = open(file)
  const summary = summaryOf(document.data)

  test.each(document.models.map(({ id }) => id))(
    'model %s has no problems and prints the program it always printed',
    async (model) => {
      expect(analyseModel(document, model, summary).problems).toEqual([])
      for (const mode of ['train', 'predict'] as const) {
        const result = compileModel(document, model, summary, { mode, rows: 16, steps: summary.maximumSteps })
        if (!result.ok) throw new Error(result.problems[0]?.message)
        const name = `${file.replace('.unroll', '')}.${model}.${mode}.txt`
        await expect(printProgram(result.value.program)).toMatchFileSnapshot(`__snapshots__/${name}`)
      }
    },
  )
})
