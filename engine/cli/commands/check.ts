import { analyseModel } from '../../compile/analyse'
import { prepareData } from '../../data/prepare'
import type { DataSummary } from '../../data/prepared'
import type { Diagnostic } from '../../document/diagnostic'
import { readData } from '../../host/files'
import type { Command } from '../command'
import { count } from '../format'
import { chooseModel, type OpenDocument, openDocument } from '../openDocument'
import { printProblem } from '../printProblems'

/** `unroll check`: what the window shows while wiring, for a file. */
export const check: Command = {
  name: 'check',
  summary: 'finds what is wrong with a document and says how to mend it',
  takesFile: true,
  options: { model: { value: 'M', help: 'only this model (id or name); all of them without it' } },
  async run(given, terminal) {
    const opened = openDocument(given.file)
    const { document } = opened
    const data = describeData(opened)
    const chosen = given.values.has('model') ? [chooseModel(document, given)] : document.models
    const models = chosen.map(({ id, name }) => ({ id, name, ...analyseModel(document, id, data.summary) }))
    const problems = [...opened.warnings, ...data.problems, ...models.flatMap((model) => model.problems)]
    const ok = problems.every(({ severity }) => severity !== 'error')
    for (const problem of problems) terminal.err(printProblem(problem))
    if (given.json) {
      terminal.out(JSON.stringify({ ok, problems, data: data.summary, models }, null, 2))
    } else {
      if (data.summary) terminal.out(`${data.summary.title}: ${data.summary.sentence}`)
      for (const { name, nodes, parameters } of models) {
        terminal.out(`${name}: ${Object.keys(nodes).length} nodes, ${count(parameters)} weights`)
      }
      terminal.out(ok ? 'No mistakes: ready to train.' : 'Not ready to train; see the problems above.')
    }
    return ok ? 0 : 1
  },
}

function describeData(opened: OpenDocument): { summary: DataSummary | null; problems: Diagnostic[] } {
  const definition = opened.document.data
  const bytes = readData(definition, opened.folders)
  if (!bytes.ok) return { summary: null, problems: bytes.problems }
  const prepared = prepareData(definition, bytes.value)
  return { summary: prepared.ok ? prepared.value.summary : null, problems: prepared.problems }
}
