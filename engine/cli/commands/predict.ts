import { rng } from '../../base/rng'
import type { DataDefinition } from '../../document/dataSchema'
import type { OpenRun } from '../../host/openRun'
import { readInteger, readNumber } from '../arguments'
import { badArguments, type Command, type Given, UserFailure } from '../command'
import { chooseModel, type OpenDocument, openDocument } from '../openDocument'
import { type Predicted, predictForecast, predictText } from '../predicted'
import { printProblem } from '../printProblems'
import { readWeights } from '../runFolder'
import { openEngineRun, startEngine } from '../startEngine'
import { takeWeights } from '../takeWeights'

/** `unroll predict`: what trained weights say of something new. */
export const predict: Command = {
  name: 'predict',
  summary: 'says what a trained model makes of a text, or what comes after the last rows of a table',
  takesFile: true,
  options: {
    model: { value: 'M', help: 'which model (id or name); the first one without it' },
    weights: { value: 'DIR', help: 'folder that unroll train --out wrote' },
    input: { value: 'TEXT', repeats: true, help: 'what to read; may stand several times' },
    beam: { value: 'N', help: 'of sequences: how many answers to follow at once and to tell; 1 without it' },
    length: { value: 'N', help: 'of running text: how many symbols to go on for; 200 without it' },
    temperature: { value: 'X', help: 'of running text: 0 is the likeliest each time, 1 by chance; 0.8 without it' },
    seed: { value: 'S', help: 'of running text: seed of chance, instead of the document’s' },
  },
  async run(given, terminal) {
    const opened = openDocument(given.file)
    const model = chooseModel(opened.document, given)
    const inputs = readInputs(given, opened.document.data)
    const folder = given.values.get('weights')
    if (folder === undefined) {
      const hint = `Train first: unroll train ${given.file} --out DIR, then --weights DIR.`
      throw badArguments('weights', `unroll predict needs trained weights. ${hint}`)
    }
    const weights = readWeights(folder)
    const run = await openEngineRun(opened, model.id, startEngine(terminal), 1)
    try {
      for (const warning of [...opened.warnings, ...run.warnings]) terminal.err(printProblem(warning))
      for (const warning of takeWeights(run, weights)) terminal.err(printProblem(warning))
      const predictions = predictAll(run, opened, inputs, given)
      if (given.json) {
        const found = predictions.map(({ json }) => json)
        terminal.out(JSON.stringify({ model: model.id, weights: weights.path, predictions: found }, null, 2))
      } else for (const { lines } of predictions) for (const line of lines) terminal.out(line)
      return 0
    } finally {
      await run.pool.close()
    }
  },
}

function readInputs(given: Given, data: DataDefinition): readonly string[] {
  const inputs = given.lists.get('input') ?? []
  if (data.kind === 'generator' && data.generator === 'adding') {
    throw badArguments(
      'input',
      'This document makes its data itself, so there is nothing new to predict. Use unroll evaluate.',
    )
  }
  if (data.kind === 'forecast') {
    if (inputs.length === 0) return inputs
    const hint = 'The last rows of the table are read: leave out --input, or add rows to the table.'
    throw badArguments('input', `This document forecasts numbers, not texts. ${hint}`)
  }
  if (inputs.length === 0) throw badArguments('input', 'unroll predict needs something to read: --input TEXT.')
  return inputs
}

function predictAll(run: OpenRun, opened: OpenDocument, inputs: readonly string[], given: Given): Predicted[] {
  const { document } = opened
  const widest = run.plans.predict.maximumRows
  const options = {
    beam: readInteger(given, 'beam', 1, widest) ?? 1,
    length: readInteger(given, 'length', 1, 100_000) ?? 200,
    temperature: readNumber(given, 'temperature', 0, 10) ?? 0.8,
    random: rng(readInteger(given, 'seed', 0, 0xffffffff) ?? document.training.seed).split('continue'),
  }
  if (document.data.kind === 'forecast') return [checked(predictForecast(run, opened, document.data))]
  return inputs.map((input) => checked(predictText(run, document.data, input, options)))
}

function checked(result: ReturnType<typeof predictText>): Predicted {
  if (!result.ok) throw new UserFailure(result.problems)
  return result.value
}
