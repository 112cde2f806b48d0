import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { checkImports } from './importChecker.mjs'

/** Files that the imports below lead to. */
const targets = [
  'engine/base/rng.ts',
  'engine/document/edits.ts',
  'engine/ir/program.ts',
  'engine/ops/add/add.ts',
  'engine/ops/add/addReference.ts',
  'engine/ops/add/add.as.ts',
  'engine/compile/compile.ts',
  'engine/runtime/session.ts',
  'engine/host/protocol.ts',
  'engine/host/main.ts',
  'engine/testing/golden.ts',
  'electron/contract.ts',
  'electron/window.ts',
  'renderer/state/run.ts',
]

/** [who, imports what, name of the rule that refuses it or null]; each importer is a file of its own. */
const cases = /** @type {const} */ ([
  ['engine/document', '../base/rng', null],
  ['engine/document', '../compile/compile', 'document-uses-only-its-groups'],
  ['engine/ir', '../ops/add/add', null],
  ['engine/ir', '../ops/add/addReference', 'ir-keeps-out-of-other-groups'],
  ['engine/ops/sub', '../add/addReference', 'ops-keeps-out-of-other-groups'],
  ['engine/ops/sub', '../add/add.as', 'kernel-sources-are-for-kernels'],
  ['engine/compile', '../runtime/session', 'compile-uses-only-its-groups'],
  ['engine/compile', 'node:fs', 'compile-is-not-bound-to-node'],
  ['engine/compile', 'react', 'compile-uses-only-its-packages'],
  ['engine/compile', 'zod', null],
  ['engine/runtime', '../ops/add/addReference', null],
  ['engine/runtime', '../testing/golden', 'runtime-uses-only-its-groups'],
  ['engine/host', 'node:worker_threads', null],
  ['engine/host', '../../electron/window', 'host-uses-only-its-groups'],
  ['renderer/canvas', '../../engine/document/edits', null],
  ['renderer/canvas', '../../engine/host/protocol', null],
  ['renderer/canvas', '../../engine/host/main', 'renderer-uses-only-its-groups'],
  ['renderer/canvas', '../../engine/ops/add/addReference', 'renderer-keeps-out-of-other-groups'],
  ['renderer/canvas', '../../electron/contract', null],
  ['renderer/canvas', '../../electron/window', 'renderer-uses-only-its-groups'],
  ['renderer/canvas', 'node:path', 'renderer-is-not-bound-to-node'],
  ['renderer/canvas', 'react', null],
  ['renderer/canvas', 'electron', 'renderer-uses-only-its-packages'],
  ['electron', '../engine/host/protocol', null],
  ['electron', '../engine/runtime/session', 'electron-uses-only-its-groups'],
  ['electron', '../renderer/state/run', 'electron-uses-only-its-groups'],
])

/** @param {number} index */
function importerOf(index) {
  const folder = cases[index]?.[0]
  return `${folder}/importer${index}.${folder === 'renderer/canvas' ? 'tsx' : 'ts'}`
}

describe('the import table', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-imports-'))
  /** @type {import('./importChecker.mjs').Violation[]} */
  let violations = []

  /** @param {string} name @param {string} text */
  const write = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }

  beforeAll(async () => {
    for (const name of targets) write(name, 'export const value = 1\n')
    cases.forEach(([, imported], index) => {
      const shown = importerOf(index).endsWith('.tsx') ? '<p className="seen">{it}</p>' : 'it'
      write(importerOf(index), `import * as it from '${imported}'\nexport const seen = ${shown}\n`)
    })
    write('engine/base/first.ts', "import type { B } from './second'\nexport type A = B | 1\n")
    write('engine/base/second.ts', "import type { A } from './first'\nexport type B = A | 2\n")
    const packages = ['zod', 'react', 'electron']
    for (const name of packages) {
      write(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' }))
      write(`node_modules/${name}/index.js`, '')
    }
    const dependencies = Object.fromEntries(packages.map((name) => [name, '1.0.0']))
    write('package.json', JSON.stringify({ name: 'fixture', dependencies }))
    violations = (await checkImports(['engine', 'electron', 'renderer'], folder)).violations
  })

  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each(cases.map((one, index) => ({ importer: one[0], imported: one[1], rule: one[2], index })))(
    '$importer → $imported: $rule',
    ({ rule, index }) => {
      const found = violations.filter((violation) => violation.from === importerOf(index))
      expect(found.map((violation) => violation.rule)).toEqual(rule === null ? [] : expect.arrayContaining([rule]))
    },
  )

  it('refuses cycles, those of types too', () => {
    expect(violations.map((violation) => violation.rule)).toContain('no-cycles')
  })
})
