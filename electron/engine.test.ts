import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { emptyDocument } from '../engine/document/create'
import type { HostEvent, HostLost } from '../engine/host/protocol'
import { Engine } from './engine'

let folder: string
let events: (HostEvent | HostLost)[]
let engine: Engine

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'unroll-engine-'))
  events = []
})

afterEach(async () => {
  await engine.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** An engine whose host is this script. */
function engineWith(script: string): Engine {
  const hostFile = join(folder, 'host.mjs')
  writeFileSync(hostFile, script)
  return new Engine({
    execPath: process.execPath,
    hostFile,
    samplesFolder: join(folder, 'samples'),
    folderOf: () => null,
    relay: (event) => events.push(event),
  })
}

const { data } = emptyDocument('Test')
const describeData = { kind: 'describeData', request: 'data-1', data, documentPath: null } as const
const count = (kind: string): number => events.filter((event) => event.kind === kind).length
const patience = { timeout: 10_000, interval: 20 }

it('does not go on starting a host that dies at once: the data are refused with a sentence', async () => {
  engine = engineWith('process.exit(3)')
  engine.start()
  await vi.waitUntil(() => count('lost') === 1, patience)
  engine.send(describeData)
  await vi.waitUntil(() => count('lost') === 2, patience)
  engine.send(describeData)
  expect(events.at(-1)).toMatchObject({
    kind: 'dataRefused',
    request: 'data-1',
    problems: [{ code: 'engine.start', message: expect.stringMatching(/does not start/) }],
  })
  expect(engine.pid).toBe(0)

  // Whoever presses Train wants it tried.
  engine.send({
    kind: 'train',
    run: 'run-1',
    document: emptyDocument('Test'),
    model: 'm',
    documentPath: null,
    threads: 1,
  })
  await vi.waitUntil(() => count('lost') === 3, patience)
})

it('starts a host that was lost at once anew, and tells of the loss', async () => {
  engine = engineWith(`
    process.on('disconnect', () => process.exit())
    process.send({ version: 1, sequence: 0, message: { kind: 'ready', kernels: { chosen: '', variants: [], flags: [] }, threads: 1 } })
  `)
  engine.start()
  await vi.waitUntil(() => count('ready') === 1, patience)
  const killed = engine.pid
  process.kill(killed, 'SIGKILL')
  await vi.waitUntil(() => count('ready') === 2, patience)
  expect(events.map((event) => event.kind)).toEqual(['ready', 'lost', 'ready'])
  expect(events[1]).toMatchObject({ kind: 'lost', run: null, signal: 'SIGKILL' })
  expect(engine.pid).not.toBe(killed)

  engine.repeatReady()
  expect(count('ready')).toBe(3)
})
