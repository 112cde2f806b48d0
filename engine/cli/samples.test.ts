import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseDocument } from '../document/parse'
import type { UnrollDocument } from '../document/schema'
import { serializeDocument } from '../document/serialize'
import { packageRoot } from '../host/places'

/** What the samples claim, trained through the command line as a user would, with the seed of the document. */
const program = join(packageRoot(), 'out', 'cli', 'unroll.js')

function sample(name: string): UnrollDocument {
  const file = join(packageRoot(), 'samples', `${name}.unroll`)
  const parsed = parseDocument(readFileSync(file, 'utf8'), file)
  if (!parsed.ok) throw new Error(parsed.problems[0]?.message)
  return parsed.value
}

interface TestLine {
  loss: number
  metrics: Record<string, number>
  baselines: { name: string; loss: number; metrics: Record<string, number> }[]
}

/** Trains one model; returns the last line, which is about the test part. */
function train(document: UnrollDocument, model: string): TestLine {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-sample-'))
  try {
    const file = join(folder, 'sample.unroll')
    writeFileSync(file, serializeDocument(document))
    const out = execFileSync(process.execPath, [program, 'train', file, '--model', model, '--json'], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return JSON.parse(out.trim().split('\n').at(-1) ?? '')
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function baseline(line: TestLine, name: string) {
  const found = line.baselines.find((one) => one.name === name)
  if (!found) throw new Error(`no baseline “${name}” among ${line.baselines.map((one) => one.name).join(', ')}`)
  return found
}

/** The machine may be busy with other things. */
const PATIENCE = 240_000

describe('samples', () => {
  it('Seattle: tomorrow is foretold better than by “same as today”', { timeout: PATIENCE }, () => {
    const line = train(sample('seattle-weather'), 'lstm')
    const same = baseline(line, 'same as today')
    expect(line.loss).toBeLessThan(same.loss * 0.9)
    expect(line.metrics.absoluteError).toBeLessThan((same.metrics.absoluteError ?? 0) * 0.98)
  })

  it('speeches: four of five are dated right', { timeout: PATIENCE }, () => {
    const line = train(sample('speeches'), 'gru')
    for (const { loss, metrics } of line.baselines) {
      expect(line.loss).toBeLessThan(loss * 0.7)
      expect(line.metrics.accuracy).toBeGreaterThan((metrics.accuracy ?? 1) + 0.2)
    }
    expect(line.metrics.accuracy).toBeGreaterThan(0.8)
  })

  it('parts of speech, half trained: both ways beats forwards, and both beat guessing', { timeout: PATIENCE }, () => {
    const full = sample('parts-of-speech')
    const document = { ...full, training: { ...full.training, epochs: 7 } }
    const [both, forward] = ['both', 'forward'].map((model) => train(document, model))
    if (!both || !forward) throw new Error('two models expected')
    for (const { loss, metrics } of both.baselines) {
      expect(both.loss).toBeLessThan(loss * 0.7)
      expect(both.metrics.accuracy).toBeGreaterThan((metrics.accuracy ?? 1) + 0.04)
      expect(forward.loss).toBeLessThan(loss * 0.8)
      expect(forward.metrics.accuracy).toBeGreaterThan(metrics.accuracy ?? 1)
    }
    expect(both.metrics.accuracy).toBeGreaterThan((forward.metrics.accuracy ?? 1) + 0.015)
  })

  it('Moby Dick: two passes already foretell letters better than the letter before', { timeout: PATIENCE }, () => {
    const document = sample('moby-dick')
    const line = train({ ...document, training: { ...document.training, epochs: 2 } }, 'lstm')
    for (const { loss } of line.baselines) expect(line.loss).toBeLessThan(loss)
  })

  it('adding problem, at half its length: the LSTM learns it, the RNN does not', { timeout: PATIENCE }, () => {
    const full = sample('adding')
    if (full.data.kind !== 'generator') throw new Error('the adding problem is made, not read')
    const document = { ...full, data: { ...full.data, length: 50 }, training: { ...full.training, epochs: 3 } }
    const [lstm, rnn] = ['lstm', 'rnn'].map((model) => train(document, model))
    const always = lstm?.baselines[0]?.loss ?? Number.NaN
    expect(lstm?.loss).toBeLessThan(always / 20)
    expect(rnn?.loss).toBeGreaterThan(always / 2)
  })

  it('recall: attention and the LSTM tell the first letter after 100 steps, the RNN does not', {
    timeout: PATIENCE,
  }, () => {
    const full = sample('lstm-vs-transformer-recall')
    const accuracyOf = (model: string, epochs: number) =>
      train({ ...full, training: { ...full.training, epochs } }, model).metrics.accuracy ?? Number.NaN
    expect(accuracyOf('transformer', 2)).toBeGreaterThan(0.95)
    expect(accuracyOf('lstm', 5)).toBeGreaterThan(0.95)
    expect(accuracyOf('rnn', 4)).toBeLessThan(0.75)
  })

  it('Moby Dick compared: after one epoch both are ahead of the letter before, and close together', {
    timeout: PATIENCE,
  }, () => {
    const full = sample('lstm-vs-transformer-moby-dick')
    const document = { ...full, training: { ...full.training, epochs: 1 } }
    const [lstm, transformer] = ['lstm', 'transformer'].map((model) => train(document, model))
    if (!lstm || !transformer) throw new Error('two models expected')
    for (const { loss } of lstm.baselines) expect(Math.max(lstm.loss, transformer.loss)).toBeLessThan(loss)
    expect(Math.abs(lstm.loss / transformer.loss - 1)).toBeLessThan(0.08)
  })
})
