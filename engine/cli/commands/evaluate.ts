import { SPLITS } from '../../data/prepared'
import type { Evaluation } from '../../runtime/session'
import type { Command } from '../command'
import { baselineObject, measuredValue, metricsObject, number, table } from '../format'
import { chooseModel, openDocument } from '../openDocument'
import { printProblem } from '../printProblems'
import { readWeights } from '../runFolder'
import { openEngineRun, startEngine } from '../startEngine'
import { takeWeights } from '../takeWeights'

/** `unroll evaluate`: trained weights on every part of the data, beside forecasts that need no learning. */
export const evaluate: Command = {
  name: 'evaluate',
  summary: 'measures trained weights on every part of the data, beside forecasts without learning',
  takesFile: true,
  options: {
    model: { value: 'M', help: 'which model (id or name); the first one without it' },
    weights: {
      value: 'DIR',
      help: 'folder that unroll train --out wrote; without it only the forecasts without learning',
    },
  },
  async run(given, terminal) {
    const opened = openDocument(given.file)
    const model = chooseModel(opened.document, given)
    const folder = given.values.get('weights')
    const weights = folder === undefined ? null : readWeights(folder)
    const run = await openEngineRun(opened, model.id, startEngine(terminal), 1)
    try {
      const { session, data } = run
      for (const warning of [...opened.warnings, ...run.warnings]) terminal.err(printProblem(warning))
      if (weights) {
        for (const warning of takeWeights(run, weights)) terminal.err(printProblem(warning))
      }
      const { metric, baselines } = data
      const measured = SPLITS.map((split) => ({ split, model: weights ? session.evaluate(split) : null }))
      if (given.json) {
        const parts = measured.map(({ split, model: own }) => ({
          split,
          examples: data.summary.examples[split],
          model: own && { loss: own.loss, metrics: metricsObject(metric, own.metric, own.whole) },
          baselines: baselines.map((baseline) => baselineObject(baseline, metric, split)),
        }))
        terminal.out(JSON.stringify({ model: model.id, weights: weights?.path ?? null, parts }, null, 2))
        return 0
      }
      const cell = (measured: Evaluation) => `${number(measured.loss)} (${measuredValue(metric, measured)})`
      const rows = [[`loss (${metric.label})`, ...SPLITS]]
      if (weights) rows.push(['this model', ...measured.map(({ model: own }) => (own ? cell(own) : '–'))])
      for (const { name, loss, metric: value } of baselines) {
        rows.push([name, ...SPLITS.map((split) => cell({ loss: loss[split], metric: value[split] }))])
      }
      terminal.out(table(rows).join('\n'))
      if (!weights) terminal.out(`Measured without a model: unroll train ${given.file} --out DIR, then --weights DIR.`)
      return 0
    } finally {
      await run.pool.close()
    }
  },
}
