/** Prints every import that the import table forbids. */
import { say } from '../setup/command.mjs'
import { root } from '../setup/folders.mjs'
import { runTool } from '../setup/runTool.mjs'
import { checkImports } from './importChecker.mjs'

await runTool(async () => {
  const { violations, files } = await checkImports(['engine', 'electron', 'renderer', 'samples', 'e2e', 'tools'], root)
  for (const { from, to, rule, comment, cycle } of violations) {
    say(`${from} → ${cycle.length > 0 ? cycle.join(' → ') : to}\n  ${rule}: ${comment}`)
  }
  say(`Import table: ${files} files, ${violations.length} forbidden imports.`)
  return violations.length === 0 ? 0 : 1
})
