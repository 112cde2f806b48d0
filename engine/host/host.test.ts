import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { TrainingSettings } from '../document/trainingSchema'
import { smallDocument } from '../testing/smallDocument'
import { expectedLosses, folders, hostFile, stopTestHosts, TestHost } from '../testing/testHost'
import { startHost } from './client'
import { type HostEvent, type HostLost, PROTOCOL_VERSION } from './protocol'

afterEach(stopTestHosts)

const long = (training: Partial<TrainingSettings> = {}) => smallDocument({ epochs: 100_000, ...training })

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    // No such process.
    return false
  }
}

describe('engine host', () => {
  it('says which kernels it chose, checked and timed', async () => {
    const host = new TestHost({ env: { UNROLL_KERNELS: '' } })
    const { kernels, threads } = await host.until('ready')
    expect(threads).toBeGreaterThan(0)
    expect(kernels.variants.map(({ name }) => name)).toEqual(['relaxed SIMD', 'plain SIMD', 'TypeScript, without SIMD'])
    expect(kernels.variants.every(({ correct, gflops }) => correct && gflops > 0)).toBe(true)
    expect(kernels.chosen).toMatch(/^(relaxed|plain) SIMD/)
  })

  it('is stopped at once while it still reads its data, and takes the next run', async () => {
    const host = new TestHost()
    await host.until('ready')
    const slow = smallDocument()
    // Takes seconds to make.
    if (slow.data.kind === 'generator') slow.data = { ...slow.data, length: 400, examples: 100_000 }
    host.train(slow, 'slow')
    host.send({ kind: 'stop', run: 'slow' })
    expect(await host.until('cancelled')).toEqual({ kind: 'cancelled', run: 'slow' })
    host.train(smallDocument({ epochs: 1 }), 'next')
    await host.until('ended', ({ run }) => run === 'next')
    expect(host.events.some((event) => event.kind === 'started' && event.run === 'slow')).toBe(false)
  })

  it.each([1, 2])('gathers gradients over several batches alike on %i threads', async (threads) => {
    const document = smallDocument({ epochs: 1, gather: 3 })
    const host = new TestHost()
    host.readFrames()
    await host.until('ready')
    host.train(document, 'r1', threads)
    const { totalSteps } = await host.until('started')
    expect(totalSteps).toBe(7)
    await host.until('ended')
    const rates = Array.from({ length: totalSteps }, () => document.training.learningRate)
    expect(host.losses()).toEqual(expectedLosses(document, rates))
  })

  it('trains to the end and gives the digits of a session in this process', async () => {
    const host = new TestHost()
    host.readFrames()
    const document = smallDocument()
    host.train(document)
    const started = await host.until('started')
    expect(started).toMatchObject({ run: 'r1', model: 'small', stepsPerEpoch: 20, totalSteps: 60, threads: 1 })
    const { result } = await host.until('ended')
    expect(result).toMatchObject({ reason: 'finished', steps: 60 })
    expect(host.losses()).toEqual(expectedLosses(document, Array<number>(60).fill(0.01)))
    const frames = host.events.flatMap((event) => (event.kind === 'frame' ? [event.frame] : []))
    expect(frames.flatMap(({ validation }) => validation).map(({ step, epoch }) => [step, epoch])).toEqual([
      [20, 1],
      [40, 2],
      [60, 3],
    ])
    expect(frames[0]?.gates[0]?.gates.map(({ node, gate }) => `${node}.${gate}`)).toEqual([
      'memory.forget',
      'memory.input',
      'memory.output',
    ])
    expect(result.best?.loss).toBe(Math.min(...frames.flatMap(({ validation }) => validation.map(({ loss }) => loss))))
    expect(result.test.loss).toBeGreaterThan(0)
  })

  it.each([
    [16, 1],
    [16, 2],
    [64, 2],
    [64, 3],
    [64, 4],
  ])('batch %i on %i threads: identical digit for digit', async (batchSize, threads) => {
    const host = new TestHost()
    host.readFrames()
    const document = smallDocument({ batchSize, epochs: 2 })
    host.train(document, 'r1', threads)
    expect((await host.until('started')).threads).toBe(Math.min(threads, batchSize === 16 ? 2 : 4))
    const { result } = await host.until('ended')
    expect(host.losses()).toEqual(expectedLosses(document, Array<number>(result.steps).fill(0.01)))
  })

  it('compiled kernels give the same digits on 1, 2 and 3 threads', async () => {
    const document = smallDocument({ batchSize: 64, epochs: 2 })
    // More weights than one part of the gradient's norm holds, so that threads share the update too.
    const memory = document.models[0]?.nodes.memory
    if (memory) memory.settings = { hidden: 150 }
    const runs: number[][] = []
    for (const threads of [1, 2, 3]) {
      const host = new TestHost({ env: { UNROLL_KERNELS: '' } })
      host.readFrames()
      host.train(document, 'r1', threads)
      const { result } = await host.until('ended')
      runs.push([...host.losses(), result.test.loss])
    }
    expect(runs[0]).toHaveLength(11)
    expect(runs[1]).toEqual(runs[0])
    expect(runs[2]).toEqual(runs[0])
  })

  it('chooses threads by itself', async () => {
    const host = new TestHost()
    host.train(smallDocument(), 'r1', null)
    expect((await host.until('started')).threads).toBeGreaterThan(0)
    expect((await host.until('ended')).result.steps).toBe(60)
  })

  it('pauses, makes single steps, takes a new learning rate, resumes and stops', async () => {
    const host = new TestHost()
    host.readFrames()
    const document = long()
    host.train(document)
    host.send({ kind: 'pause', run: 'r1' })
    expect((await host.until('paused')).step).toBe(0)
    host.send({ kind: 'step', run: 'r1' })
    await host.until('paused', ({ step }) => step === 1)
    host.send({ kind: 'setLearningRate', run: 'r1', learningRate: 0.5 })
    host.send({ kind: 'step', run: 'r1' })
    await host.until('paused', ({ step }) => step === 2)
    host.send({ kind: 'step', run: 'r1' })
    await host.until('paused', ({ step }) => step === 3)
    await host.until('frame', ({ frame }) => frame.step === 3)
    expect(host.losses()).toEqual(expectedLosses(document, [0.01, 0.5, 0.5]))
    host.send({ kind: 'resume', run: 'r1' })
    await host.until('resumed')
    await host.until('frame', ({ frame }) => frame.step > 3)
    host.send({ kind: 'stop', run: 'r1' })
    const { result } = await host.until('ended')
    expect(result.reason).toBe('stopped')
    expect(result.best).not.toBeNull()
    expect(result.steps).toBeLessThan(long().training.epochs * 20)
  })

  it('keeps one frame on its way until it is read', async () => {
    const host = new TestHost()
    host.train(smallDocument({ epochs: 50 }))
    await host.until('ended')
    const frames = host.events.flatMap((event) => (event.kind === 'frame' ? [event.frame] : []))
    expect(frames.map(({ step }) => step)).toEqual([1, 1000])
    // Everything in between is in the last one, thinned.
    expect(frames[1]?.training.at(-1)?.step).toBe(1000)
    expect(frames[1]?.training.length).toBeLessThanOrEqual(512)
    expect(frames[1]?.validation).toHaveLength(50)
  })

  it('refuses a second training, and takes one after the first has ended', async () => {
    const host = new TestHost()
    host.train(long(), 'first')
    await host.until('started')
    host.train(smallDocument(), 'second')
    const refused = await host.until('refused')
    expect(refused).toMatchObject({ run: 'second', problems: [{ code: 'run.busy' }] })
    host.send({ kind: 'stop', run: 'first' })
    await host.until('ended')
    host.train(smallDocument(), 'third')
    await host.until('ended', ({ run }) => run === 'third')
  })

  it('names the node where numbers ceased to be numbers', async () => {
    const host = new TestHost()
    host.train(smallDocument({ optimizer: 'sgd', learningRate: 100, clipNorm: 0, epochs: 500 }))
    const { node, message, step } = await host.until('diverged')
    expect(step).toBeGreaterThan(1)
    expect(['memory', 'out', 'answer']).toContain(node)
    expect(message).toMatch(/^At step \d+ the numbers grew without limit.* It began in .*Try a learning rate of 10 /)
    host.train(smallDocument(), 'again')
    await host.until('ended', ({ run }) => run === 'again')
  })

  it('refuses a model with mistakes, in the words of the compiler', async () => {
    const document = smallDocument()
    const [model] = document.models
    if (model) model.wires = {}
    const host = new TestHost()
    host.train(document)
    const { problems } = await host.until('refused')
    expect(problems.length).toBeGreaterThan(0)
    expect(problems[0]?.place).toMatchObject({ model: 'small' })
  })

  it('describes data, or says why it cannot', async () => {
    const host = new TestHost()
    const { data } = smallDocument()
    host.send({ kind: 'describeData', request: 'a', data, folders })
    const described = await host.until('dataDescribed')
    expect(described).toMatchObject({ request: 'a', summary: { examples: { training: 320 } }, problems: [] })
    const gone = {
      kind: 'nextSymbol' as const,
      source: { kind: 'file' as const, path: 'gone.txt' },
      unit: 'letter' as const,
      window: 10,
      minimumCount: 1,
      split: { training: 0.8, validation: 0.1 },
    }
    host.send({ kind: 'describeData', request: 'b', data: gone, folders: { ...folders, document: tmpdir() } })
    const refused = await host.until('dataRefused')
    expect(refused).toMatchObject({ request: 'b', problems: [{ code: 'data.fileAbsent' }] })
  })

  it('answers a message it does not understand and goes on', async () => {
    const child = fork(hostFile, [], {
      serialization: 'advanced',
      env: { ...process.env, UNROLL_KERNELS: 'reference' },
    })
    const seen: string[] = []
    child.on('message', (raw: { message: HostEvent }) => seen.push(raw.message.kind))
    await once(child, 'message')
    for (const raw of [null, 'hello', { version: 999, sequence: 0, message: { kind: 'pause', run: 'x' } }]) {
      child.send(raw ?? { nothing: true })
      await once(child, 'message')
    }
    child.send({
      version: PROTOCOL_VERSION,
      sequence: 0,
      message: { kind: 'setLearningRate', run: 'x', learningRate: -1 },
    })
    await once(child, 'message')
    expect(seen).toEqual(['ready', 'failed', 'failed', 'failed', 'failed'])
    child.disconnect()
    // At once, whatever its threads are doing: it ends itself the hard way.
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL'])
  })
})

describe('host client', () => {
  it('says that a killed host is lost, with its run; a new one trains again', async () => {
    const host = new TestHost()
    host.train(long())
    await host.until('started')
    process.kill(host.client.pid, 'SIGKILL')
    expect(await host.until('lost')).toEqual({ kind: 'lost', run: 'r1', exitCode: null, signal: 'SIGKILL' })
    const next = new TestHost()
    next.train(smallDocument())
    expect((await next.until('ended')).result.reason).toBe('finished')
  })

  it('ends the host, even while it trains, and calls that no loss', async () => {
    const host = new TestHost()
    host.train(long())
    await host.until('started')
    const { pid } = host.client
    await host.client.stop()
    expect(isAlive(pid)).toBe(false)
    expect(host.events.some(({ kind }) => kind === 'lost')).toBe(false)
  })

  it('leaves no host behind when its own process is killed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unroll-parent-'))
    const parentFile = join(folder, 'parent.mjs')
    writeFileSync(
      parentFile,
      `import { fork } from 'node:child_process'
       const child = fork(${JSON.stringify(hostFile)}, [], { serialization: 'advanced' })
       child.on('message', () => process.send(child.pid))
       setInterval(() => {}, 1000)`,
    )
    const parent = fork(parentFile, [])
    const [pid] = await once(parent, 'message')
    expect(isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await expect.poll(() => isAlive(pid), { timeout: 5000 }).toBe(false)
    rmSync(folder, { recursive: true })
  })

  it('starts a host that dies at once a second time without flags, then gives up', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'unroll-host-'))
    const file = join(folder, 'host.mjs')
    writeFileSync(
      file,
      `if (process.env.UNROLL_SAFE_KERNELS !== '1') process.exit(75)
       if (process.env.GIVE_UP === '1') process.exit(76)
       process.send({ version: ${PROTOCOL_VERSION}, sequence: 0, message: { kind: 'ready', kernels: {}, threads: 1 } })
       process.on('message', () => {})
       process.on('disconnect', () => process.exit(0))`,
    )
    const mended = new TestHost({ hostFile: file })
    await mended.until('ready')
    const hopeless = new TestHost({ hostFile: file, env: { GIVE_UP: '1' } })
    expect(await hopeless.until('lost')).toEqual({ kind: 'lost', run: null, exitCode: 76, signal: null })
    rmSync(folder, { recursive: true })
  })

  it('says that a host which cannot be started is lost', async () => {
    const events: HostLost[] = []
    const client = startHost({
      execPath: '/no/such/program',
      env: {},
      hostFile,
      onEvent: () => {},
      onLost: (lost) => events.push(lost),
    })
    await expect.poll(() => events).toEqual([{ kind: 'lost', run: null, exitCode: null, signal: null }])
    await client.stop()
  })
})
