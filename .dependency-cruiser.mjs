import { readFileSync } from 'node:fs'
import { importTable } from './tools/lint/importTable.mjs'

/** Unit tests may use more than the code beside them: see `testsStayInTheirProcess`. */
const tests = '\\.test\\.(?:tsx?|mjs)$'
const ownFiles = '^(?:engine|electron|renderer|samples|e2e|tools)/'
const npmTypes = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown']

const { dependencies } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8'))
const filesOf = new Map(importTable.map((row) => [row.group, row]))

/** @typedef {import('./tools/lint/importTable.mjs').Row} Row */

/** @param {string} group */
function rowOf(group) {
  const row = filesOf.get(group)
  if (!row) throw new Error(`The import table names a group "${group}" that it does not describe.`)
  return row
}

/** Rows whose files are carved out of another row's folder. */
const carvedOut = importTable.filter((row) =>
  importTable.some((other) => other.except && row !== other && isInside(row, other)),
)

/** @param {Row} row @param {Row} folder */
function isInside(row, folder) {
  return row.files !== folder.files && row.files.startsWith(folder.files)
}

/** @param {Row} row */
function fromOf(row) {
  return { path: row.files, pathNot: row.except === undefined ? [tests] : [tests, row.except] }
}

/** @param {Row} row */
function rulesOf(row) {
  const allowed = (row.packages ?? []).flatMap((name) => (name === '*' ? Object.keys(dependencies) : [name]))
  const groups = [row.group, ...row.uses]
  const rules = [
    {
      name: `${row.group}-uses-only-its-groups`,
      comment: `${row.group} may use: ${groups.join(', ')} (tools/lint/importTable.mjs)`,
      severity: 'error',
      from: fromOf(row),
      to: { path: ownFiles, pathNot: groups.map((group) => rowOf(group).files) },
    },
    {
      name: `${row.group}-keeps-out-of-other-groups`,
      comment: `${row.group} may use: ${groups.join(', ')} (tools/lint/importTable.mjs)`,
      severity: 'error',
      from: fromOf(row),
      to: { path: carvedOut.filter((other) => !groups.includes(other.group)).map((other) => other.files) },
    },
    {
      name: `${row.group}-uses-only-its-packages`,
      comment: `${row.group} may use: ${allowed.join(', ') || 'no package'} (tools/lint/importTable.mjs)`,
      severity: 'error',
      from: fromOf(row),
      to: { dependencyTypes: npmTypes, pathNot: allowed.map((name) => `^node_modules/(?:@types/)?${name}/`) },
    },
  ]
  const noNode = {
    name: `${row.group}-is-not-bound-to-node`,
    comment: `${row.group} runs where there is no Node.js`,
    severity: 'error',
    from: fromOf(row),
    to: { dependencyTypes: ['core'] },
  }
  return row.node === true ? rules : [...rules, noNode]
}

const testsStayInTheirProcess = ['engine', 'electron', 'renderer', 'tools'].map((folder) => ({
  name: `tests-of-${folder}-stay-in-their-process`,
  comment: 'a test imports what the code beside it could, the engine and its test equipment',
  severity: 'error',
  from: { path: `^${folder}/.*${tests}` },
  to: {
    path: ownFiles,
    pathNot: [`^${folder}/`, ...(folder === 'tools' ? [] : ['^engine/', '^samples/']), '^electron/contract\\.ts$'],
  },
}))

export default {
  forbidden: [
    ...importTable.flatMap(rulesOf),
    ...testsStayInTheirProcess,
    {
      name: 'no-cycles',
      comment: 'files that need each other are one file, or need a third (types count)',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'kernel-sources-are-for-kernels',
      comment: 'AssemblyScript is compiled to WebAssembly, not bundled',
      severity: 'error',
      from: { pathNot: '\\.as\\.ts$' },
      to: { path: '\\.as\\.ts$' },
    },
    {
      name: 'tests-are-not-imported',
      comment: 'what two tests share stands in a file of its own',
      severity: 'error',
      from: {},
      to: { path: tests },
    },
    {
      name: 'every-import-is-found',
      comment: 'there is no such file or package',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    // See tools/lint/importChecker.mjs.
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['^node_modules/', '\\.as\\.ts$'] },
    exclude: { path: ['^engine/ops/build/'] },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.d.ts', '.json', '.css'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
    },
  },
}
