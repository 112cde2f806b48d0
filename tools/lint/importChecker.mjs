import { createRequire } from 'node:module'
import { cruise } from 'dependency-cruiser'
import configuration from '../../.dependency-cruiser.mjs'

/**
 * TypeScript 7 has no compiler interface for other programs, so dependency-cruiser reads the sources with swc; but it does so
 * without the switch for JSX (noted as open in its src/extract/swc/parse.mjs). The switch changes what `<T>value` means, so it
 * is set for .tsx files only.
 */
function readJsxToo() {
  const swc = createRequire(import.meta.url)('@swc/core')
  const { parseFileSync } = swc
  swc.parseFileSync = (/** @type {string} */ file, /** @type {object} */ options) =>
    parseFileSync(file, { ...options, tsx: file.endsWith('.tsx') })
}

readJsxToo()

/** @typedef {{ from: string, to: string, rule: string, comment: string, cycle: string[] }} Violation */

/**
 * Compares every import under the folders with the import table.
 *
 * @param {readonly string[]} folders relative to `baseDir`
 * @param {string} baseDir
 * @returns {Promise<{ violations: Violation[], files: number }>}
 */
export async function checkImports(folders, baseDir) {
  const { enhancedResolveOptions, ...options } = configuration.options
  const settings = { ...options, baseDir, validate: true, ruleSet: { forbidden: configuration.forbidden } }
  const { output } = await cruise(
    [...folders],
    /** @type {import('dependency-cruiser').ICruiseOptions} */ (settings),
    enhancedResolveOptions,
  )
  if (typeof output === 'string') throw new Error('The import checker gave text instead of its findings.')
  const comments = new Map(configuration.forbidden.map((rule) => [rule.name, rule.comment]))
  const violations = output.summary.violations.map(({ from, to, rule, cycle }) => ({
    from,
    to,
    rule: rule.name,
    comment: comments.get(rule.name) ?? '',
    cycle: (cycle ?? []).map(({ name }) => name),
  }))
  return { violations, files: output.summary.totalCruised }
}
