/**
 * Who may import whom. A group is a set of files; it may use itself, the groups it names, the packages it names and, where
 * `node` is true, Node.js's own modules. What is not named is forbidden. `.dependency-cruiser.mjs` turns each row into rules.
 *
 * @typedef {object} Row
 * @property {string} group
 * @property {string} files regular expression over paths relative to the checkout
 * @property {string} [except] files among them that other rows describe, whose `files` are this or part of this
 * @property {readonly string[]} uses groups
 * @property {readonly string[]} [packages] names, or '*' for all that package.json lists as dependencies
 * @property {boolean} [node]
 */

/** What the pure part of the engine may take from the registry: validator, CSV parser, changes of immutable data. */
const engineNeeds = ['zod', 'papaparse', 'immer']

/** Files of engine/ops that hold or bind kernels: the window compiles without them. */
const kernelFiles = '^engine/ops/.*(?:[kK]ernels|kernelViews|selfTest|Reference|Simd)\\.ts$'

/** What the compiler is made of. */
const language = ['base', 'document', 'ir', 'ops', 'data', 'nodes']

/** @type {readonly Row[]} */
export const importTable = [
  { group: 'base', files: '^engine/base/', uses: [], packages: engineNeeds },
  { group: 'document', files: '^engine/document/', uses: ['base'], packages: engineNeeds },
  { group: 'data', files: '^engine/data/', uses: ['base', 'document'], packages: engineNeeds },
  { group: 'ops', files: '^engine/ops/', except: kernelFiles, uses: ['base', 'document', 'ir'], packages: engineNeeds },
  { group: 'ir', files: '^engine/ir/', uses: ['base', 'document', 'ops'], packages: engineNeeds },
  { group: 'nodes', files: '^engine/nodes/', uses: ['base', 'document', 'data', 'ir', 'ops'], packages: engineNeeds },
  { group: 'compile', files: '^engine/compile/', uses: language, packages: engineNeeds },
  { group: 'kernels', files: kernelFiles, uses: ['base', 'ir', 'ops'], packages: engineNeeds },
  { group: 'telemetry', files: '^engine/telemetry/', uses: [...language, 'compile'], packages: engineNeeds },
  { group: 'export', files: '^engine/export/', uses: [...language, 'compile'], packages: engineNeeds },
  {
    group: 'runtime',
    files: '^engine/runtime/',
    uses: [...language, 'compile', 'kernels', 'telemetry', 'export'],
    packages: engineNeeds,
  },
  {
    group: 'protocol',
    files: '^engine/host/(?:protocol|client)\\.ts$',
    uses: ['base', 'document', 'data', 'compile', 'telemetry'],
    packages: engineNeeds,
    node: true,
  },
  {
    group: 'host',
    files: '^engine/host/',
    except: '^engine/host/(?:protocol|client)\\.ts$',
    uses: [...language, 'compile', 'kernels', 'telemetry', 'export', 'runtime', 'protocol'],
    packages: engineNeeds,
    node: true,
  },
  {
    group: 'cli',
    files: '^engine/cli/',
    uses: [...language, 'compile', 'kernels', 'telemetry', 'export', 'runtime', 'protocol', 'host'],
    packages: engineNeeds,
    node: true,
  },
  {
    group: 'testing',
    files: '^engine/testing/',
    uses: [...language, 'compile', 'kernels', 'telemetry', 'export', 'runtime', 'protocol', 'host'],
    packages: [...engineNeeds, 'vitest', 'fast-check'],
    node: true,
  },
  { group: 'samples', files: '^samples/', uses: [] },
  { group: 'contract', files: '^electron/contract\\.ts$', uses: ['document', 'data', 'telemetry', 'protocol'] },
  {
    group: 'preload',
    files: '^electron/preload\\.ts$',
    uses: ['contract', 'electron'],
    packages: ['electron', 'zod'],
  },
  {
    group: 'electron',
    files: '^electron/',
    except: '^electron/(?:contract|preload)\\.ts$',
    uses: ['contract', 'base', 'document', 'protocol'],
    packages: ['electron', 'zod'],
    node: true,
  },
  {
    group: 'renderer',
    files: '^renderer/',
    uses: ['contract', ...language, 'compile', 'telemetry', 'protocol'],
    packages: ['*'],
  },
  {
    group: 'bench',
    files: '^tools/bench/engine/',
    uses: [...language, 'compile', 'kernels', 'telemetry', 'export', 'runtime', 'protocol', 'host', 'testing'],
    packages: engineNeeds,
    node: true,
  },
  {
    group: 'tools',
    files: '^tools/',
    except: '^tools/bench/engine/',
    uses: ['bench'],
    packages: [
      '@electron/fuses',
      '@playwright/test',
      '@tensorflow/tfjs-backend-wasm',
      '@tensorflow/tfjs-core',
      '@tensorflow/tfjs-layers',
      'dependency-cruiser',
    ],
    node: true,
  },
  {
    group: 'e2e',
    files: '^e2e/',
    uses: ['tools', 'contract', 'base', 'document', 'protocol'],
    packages: ['@playwright/test', '@axe-core/playwright'],
    node: true,
  },
]
