import { parameterCount, programFlops } from '../../compile/cost'
import { printPlan } from '../../compile/printPlan'
import { prepareData } from '../../data/prepare'
import { readData } from '../../host/files'
import { printProgram } from '../../ir/print'
import { compileRun, specifyRun } from '../../runtime/planRun'
import { type Command, UserFailure } from '../command'
import { count, table } from '../format'
import { chooseModel, openDocument } from '../openDocument'

/** `unroll plan`: what the model becomes, in figures and as a program. */
export const plan: Command = {
  name: 'plan',
  summary: 'ops, shapes, weights, work and memory of a model, and its program',
  takesFile: true,
  options: { model: { value: 'M', help: 'which model (id or name); the first one without it' } },
  async run(given, terminal) {
    const { document, folders } = openDocument(given.file)
    const model = chooseModel(document, given)
    const bytes = readData(document.data, folders)
    if (!bytes.ok) throw new UserFailure(bytes.problems)
    const prepared = prepareData(document.data, bytes.value)
    if (!prepared.ok) throw new UserFailure(prepared.problems)
    const compiled = compileRun(document, model.id, prepared.value.summary)
    if (!compiled.ok) throw new UserFailure(compiled.problems)
    const plans = compiled.value
    const { program, sizes } = plans.train
    const parameters = program.parameters.map(({ node, name, dims }) => ({ node, name, dims }))
    const figures = {
      model: model.id,
      parameters: parameterCount(program),
      shards: plans.shards,
      rowsPerShard: plans.train.maximumRows,
      timeSteps: plans.train.maximumSteps,
      flopsPerStep: programFlops(program, { rows: plans.batchRows, steps: plans.train.maximumSteps }),
      arenaBytes: sizes.arena * 4,
      memoryBytes: specifyRun(plans, document, 0).layout.end * 4,
    }
    if (given.json) {
      const instructions = program.instructions.map(({ op, node, phase }) => ({ op, node, phase }))
      terminal.out(
        JSON.stringify({ ...figures, weights: parameters, instructions, program: printProgram(program) }, null, 2),
      )
      return 0
    }
    const rows = [
      ['weights', count(figures.parameters)],
      ['work per training step', `${(figures.flopsPerStep / 1e6).toFixed(1)} MFLOP`],
      ['rows', `${figures.rowsPerShard} in each of ${figures.shards} shard${figures.shards === 1 ? '' : 's'}`],
      ['time steps', count(figures.timeSteps)],
      ['arena of a shard', `${count(figures.arenaBytes)} bytes`],
      ['memory of the run', `${count(figures.memoryBytes)} bytes`],
    ]
    terminal.out([model.name, ...table(rows), '', printPlan(plans.train)].join('\n'))
    return 0
  },
}
