import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { serializeDocument } from '../document/serialize'
import { readSafetensors } from '../export/safetensors'
import { packageRoot } from '../host/places'
import { smallDocument } from '../testing/smallDocument'

const program = join(packageRoot(), 'out', 'cli', 'unroll.js')
const seattle = join(packageRoot(), 'samples', 'seattle-weather.unroll')

let folder: string
let small: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-cli-'))
  small = join(folder, 'small.unroll')
  writeFileSync(small, serializeDocument(smallDocument()))
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface Ran {
  code: number
  out: string
  err: string
}

function unroll(...args: string[]): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(process.execPath, [program, ...args], { maxBuffer: 1 << 26 }, (error, out, err) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out, err })
    })
  })
}

/** Every line of JSON output without the seconds, which differ from run to run. */
function lines({ out }: Ran): Record<string, unknown>[] {
  return out
    .trim()
    .split('\n')
    .map((line) => {
      const { seconds, millisecondsPerStep, gflops, threads, ...rest } = JSON.parse(line)
      return rest
    })
}

describe('unroll', () => {
  it('tells its commands, and the options of each', async () => {
    const overview = await unroll('--help')
    expect(overview.code).toBe(0)
    for (const name of ['nodes', 'check', 'plan', 'train', 'evaluate', 'predict', 'step']) {
      expect(overview.out).toContain(`unroll ${name}`)
      const { code, out } = await unroll(name, '--help')
      expect(code).toBe(0)
      expect(out).toContain(`unroll ${name}`)
    }
    expect((await unroll()).code).toBe(1)
  })

  it.each([
    [['dance'], 'arguments.command'],
    [['train'], 'arguments.file'],
    [['train', 'a.unroll', 'b.unroll'], 'arguments.surplus'],
    [['train', 'a.unroll', '--epoch', '3'], 'arguments.option'],
    [['train', 'a.unroll', '--epochs'], 'arguments.value'],
    [['train', 'a.unroll', '--seed', '1', '--seed', '2'], 'arguments.twice'],
    [['train', 'no-such.unroll'], 'document.absent'],
    [['check', tmpdir()], 'document.kind'],
    [['check', program], 'document.json'],
  ])('refuses %j in a sentence, exit code 1', async (args, code) => {
    const ran = await unroll(...args)
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toMatch(new RegExp(`^error ${code.replace('.', '\\.')}: .+[.]\n`))
  })

  it.each([
    ['--epochs', '0'],
    ['--epochs', '1.5'],
    ['--steps', '-1'],
    ['--seed', 'x'],
    ['--threads', '0'],
  ])('refuses %s %s', async (option, value) => {
    const ran = await unroll('train', small, `${option}=${value}`)
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toContain(`${option} must be a whole number`)
  })

  it('refuses a model that is not there and both ways to say how long', async () => {
    expect((await unroll('train', small, '--model', 'x')).err).toContain('It has small (“small”)')
    expect((await unroll('train', small, '--epochs', '1', '--steps', '1')).err).toContain('not both')
  })

  it('lists every node with its settings', async () => {
    const nodes: { type: string; settings: Record<string, { default: unknown }> }[] = JSON.parse(
      (await unroll('nodes', '--json')).out,
    )
    const lstm = nodes.find(({ type }) => type === 'lstm')
    expect(lstm?.settings.forgetBias).toMatchObject({ default: 1 })
    expect((await unroll('nodes')).out).toContain('LSTM (lstm)')
    expect((await unroll('nodes')).out).toContain('inside, out of enter: sequence')
  })

  it('checks a document: sound ones pass, broken ones say why', async () => {
    const sound = await unroll('check', seattle)
    expect(sound).toMatchObject({ code: 0, err: '' })
    expect(sound.out).toContain('ready to train')
    const document = smallDocument()
    const [model] = document.models
    if (model) delete model.wires['wire-0']
    const broken = join(folder, 'broken.unroll')
    writeFileSync(broken, serializeDocument(document))
    const ran = await unroll('check', broken, '--json')
    expect(ran.code).toBe(1)
    expect(ran.err).toMatch(/error [a-z.A-Z]+: .*\n {2}at model small/)
    expect(JSON.parse(ran.out)).toMatchObject({ ok: false, models: [{ id: 'small' }] })
  })

  it('says what a plan costs', async () => {
    const plan = JSON.parse((await unroll('plan', small, '--json')).out)
    // LSTM 4·8·(2 + 8) weights and 2 biases of 32; dense 8 weights and a bias.
    expect(plan).toMatchObject({ model: 'small', parameters: 320 + 64 + 9, shards: 2, rowsPerShard: 8, timeSteps: 6 })
    expect(plan.flopsPerStep).toBeGreaterThan(0)
    expect(plan.program).toContain('lstm')
    expect((await unroll('plan', small)).out).toContain('393')
  })

  it('trains to the same digits again, whatever the number of threads; another seed gives others', async () => {
    const args = ['train', small, '--json', '--epochs', '2']
    const alone = lines(await unroll(...args, '--threads', '1'))
    expect(alone).toHaveLength(40 + 2 + 1)
    expect(alone[0]).toMatchObject({ step: 1, epoch: 1, split: 'training', metrics: {} })
    expect(alone.at(-1)).toMatchObject({ split: 'test', reason: 'finished', steps: 40 })
    expect(lines(await unroll(...args, '--threads', '2'))).toEqual(alone)
    expect(lines(await unroll(...args))).toEqual(alone)
    expect(lines(await unroll(...args, '--seed', '2'))[0]).not.toEqual(alone[0])
  })

  it('writes weights and figures, and measures them again alike', async () => {
    const out = join(folder, 'deep', 'run')
    const trained = await unroll('train', small, '--steps', '30', '--out', out)
    expect(trained).toMatchObject({ code: 0, err: '' })
    expect(trained.out).toContain('Finished after 30 steps')
    expect(readdirSync(out).toSorted()).toEqual(['checkpoint.safetensors', 'run.json', 'weights.safetensors'])
    const run = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))
    expect(run).toMatchObject({ format: 'unroll run', steps: 30, model: { id: 'small' }, training: { seed: 1 } })
    const evaluated = JSON.parse((await unroll('evaluate', small, '--weights', out, '--json')).out)
    const part = (name: string) => evaluated.parts.find(({ split }: { split: string }) => split === name)
    expect(part('test').model).toEqual(run.test)
    expect(part('validation').model).toEqual({ loss: run.best.loss, metrics: run.best.metrics })
    expect(part('test').baselines).toEqual(run.baselines)
  })

  it('goes on from a checkpoint as if it had never stopped', async () => {
    const [once, twice] = [join(folder, 'once'), join(folder, 'twice')]
    const whole = lines(await unroll('train', small, '--json', '--epochs', '4', '--out', once))
    await unroll('train', small, '--epochs', '2', '--out', twice, '--threads', '1')
    const resumed = lines(await unroll('train', small, '--json', '--epochs', '4', '--resume', twice))
    expect(resumed).toEqual(whole.slice(-resumed.length))
    expect(resumed).toHaveLength(40 + 2 + 1)
    for (const file of ['weights.safetensors', 'checkpoint.safetensors']) {
      expect(readFileSync(join(twice, file)).equals(readFileSync(join(once, file))), file).toBe(true)
    }
    const figures = (out: string) => {
      const { seconds, ...rest } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))
      return rest
    }
    expect(figures(twice)).toEqual(figures(once))
    const refused = await unroll('train', small, '--resume', twice, '--seed', '5')
    expect(refused).toMatchObject({ code: 1, out: '' })
    expect(refused.err).toContain('error checkpoint.mismatch')
    expect((await unroll('train', small, '--resume', join(folder, 'gone'))).err).toContain('error file.access')
  })

  it('refuses weights of another model, damaged weights and a folder that cannot be written', async () => {
    const out = join(folder, 'other')
    expect((await unroll('train', small, '--steps', '1', '--out', out)).code).toBe(0)
    const mismatch = await unroll('evaluate', seattle, '--weights', out)
    expect(mismatch).toMatchObject({ code: 1, out: '' })
    expect(mismatch.err).toContain('error weights.mismatch')
    writeFileSync(join(out, 'weights.safetensors'), 'nothing like it')
    expect((await unroll('evaluate', small, '--weights', out)).err).toContain('error weights.damaged')
    expect((await unroll('evaluate', small, '--weights', join(folder, 'gone'))).err).toContain('error file.access')
    const blocked = await unroll('train', small, '--steps', '1', '--out', join(small, 'below'))
    expect(blocked).toMatchObject({ code: 1, out: '' })
    expect(blocked.err).toContain('error file.access')
  })

  it('measures forecasts without learning when there are no weights', async () => {
    const ran = await unroll('evaluate', seattle)
    expect(ran.code).toBe(0)
    expect(ran.out).toContain('same as today')
  })

  it('writes a step whose every tensor can be read', async () => {
    const file = join(folder, 'step.safetensors')
    expect((await unroll('step', small)).err).toContain('--dump')
    const ran = await unroll('step', small, '--seed', '9', '--dump', file, '--json')
    expect(ran.code).toBe(0)
    const read = readSafetensors(readFileSync(file), file)
    if (!read.ok) throw new Error(read.problems[0]?.message)
    const { tensors, metadata } = read.value
    expect(metadata).toMatchObject({ seed: '9', optimizer: 'adam', model: 'small' })
    expect(JSON.parse(ran.out).tensors.map(({ name }: { name: string }) => name)).toEqual(Object.keys(tensors))
    expect(tensors['param.memory.weight_ih_l0']?.shape).toEqual([32, 2])
  })

  it('names the weights of copies as PyTorch does', async () => {
    const document = smallDocument()
    const model = document.models[0]
    if (!model) throw new Error('the small document has a model')
    const wire = (from: [string, string], to: [string, string]) => ({
      from: { node: from[0], port: from[1] },
      to: { node: to[0], port: to[1] },
    })
    const frame = { type: 'stack', settings: { times: 2 } }
    const both = { type: 'bidirectional', settings: {}, parent: 'stack' }
    const memory = { type: 'lstm', settings: { hidden: 8 }, parent: 'both' }
    const framed = {
      ...model,
      nodes: { ...model.nodes, stack: frame, both, memory },
      wires: {
        a: wire(['data', 'out'], ['stack', 'in']),
        b: wire(['stack', 'enter'], ['both', 'in']),
        c: wire(['both', 'enter'], ['memory', 'in']),
        d: wire(['memory', 'out'], ['both', 'leave']),
        e: wire(['both', 'out'], ['stack', 'leave']),
        f: wire(['stack', 'out'], ['last', 'in']),
        g: wire(['last', 'out'], ['out', 'in']),
        h: wire(['out', 'out'], ['answer', 'in']),
      },
    }
    const [source, file] = [join(folder, 'framed.unroll'), join(folder, 'framed.safetensors')]
    writeFileSync(source, serializeDocument({ ...document, models: [framed] }))
    expect((await unroll('step', source, '--dump', file)).code).toBe(0)
    const read = readSafetensors(readFileSync(file), file)
    if (!read.ok) throw new Error(read.problems[0]?.message)
    expect(read.value.tensors['param.memory.weight_ih_l0_reverse']?.shape).toEqual([32, 2])
    expect(read.value.tensors['grad.memory.weight_ih_l1']?.shape).toEqual([32, 16])
    expect(read.value.tensors['after.memory.bias_hh_l1_reverse']?.shape).toEqual([32])
    expect(JSON.parse((await unroll('plan', source, '--json')).out).parameters).toBeGreaterThan(2000)
    expect((await unroll('check', source)).out).toContain('No mistakes')
  })

  it('says in words that training diverged', async () => {
    const wild = join(folder, 'wild.unroll')
    writeFileSync(wild, serializeDocument(smallDocument({ optimizer: 'sgd', learningRate: 100, clipNorm: 0 })))
    const ran = await unroll('train', wild, '--epochs', '500', '--json')
    expect(ran.code).toBe(1)
    expect(ran.err).toMatch(/^error run\.diverged: At step \d+/)
    expect(lines(ran).at(-1)).toMatchObject({ loss: null, diverged: { code: 'run.diverged' } })
  })

  it('ends at Ctrl+C with the best weights', async () => {
    const out = join(folder, 'stopped')
    const args = [program, 'train', small, '--epochs', '100000', '--out', out, '--threads', '1']
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const said: string[] = []
    child.stdout.setEncoding('utf8').on('data', (text) => said.push(text))
    await expect.poll(() => said.join(''), { timeout: 20_000 }).toContain('epoch 2')
    child.kill('SIGINT')
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(said.join('')).toContain('Stopped after')
    expect(readdirSync(out)).toContain('weights.safetensors')
  })
})
