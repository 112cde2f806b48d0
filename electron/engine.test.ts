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

const count = (kind: string): number => events.filter((event) => event.kind === kind).length
const patience = { timeout: 10_000, interval: 20 }

it('does not start a host that died before it was ready until something is asked of it', async () => {
  engine = engineWith('process.exit(3)')
  engine.start()
  await vi.waitUntil(() => count('lost') === 1, patience)
  expect(engine.pid).toBe(0)
  engine.send({ kind: 'describeData', request: 'data-1', data: emptyDocument('Test').data, documentPath: null })
  await vi.waitUntil(() => count('lost') === 2, patience)
  expect(events.map((event) => event.kind)).toEqual(['lost', 'lost'])
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

it('ends the run that the window waits for when its command cannot be passed on, and no other', () => {
  engine = engineWith('')
  engine.refuse({ kind: 'train', run: 'run-1', document: 7 }, 'document: not an object')
  const ended = { kind: 'failed', run: 'run-1', message: 'document: not an object' }
  expect(events).toEqual([ended])
  for (const other of [{ kind: 'pause', run: 'run-1' }, { kind: 'train' }, { kind: 'train', run: 7 }, null, 'train']) {
    engine.refuse(other, 'no')
  }
  expect(events).toEqual([ended])
  expect(engine.pid).toBe(0)
})
