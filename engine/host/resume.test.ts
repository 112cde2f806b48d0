import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readSafetensors } from '../export/safetensors'
import { smallDocument } from '../testing/smallDocument'
import { expectedLosses, folders, stopTestHosts, TestHost } from '../testing/testHost'

afterEach(stopTestHosts)

describe('what the host keeps of a run', () => {
  it('is the best weights and the last checkpoint, from which another run goes on', async () => {
    const host = new TestHost()
    host.readFrames()
    const document = smallDocument({ epochs: 2 })
    host.train(document)
    const { result } = await host.until('ended')
    for (const which of ['best', 'last'] as const) {
      host.send({ kind: 'fetchWeights', request: which, run: 'r1', which })
    }
    host.send({ kind: 'fetchWeights', request: 'gone', run: 'r0', which: 'last' })
    const file = async (request: string) => (await host.until('weights', (event) => event.request === request)).file
    expect(await file('gone')).toBeNull()
    const best = readSafetensors((await file('best')) ?? new Uint8Array(), 'best')
    expect(best.ok && Object.keys(best.value.tensors)).toContain('memory.weight_hh_l0')
    const bytes = await file('last')
    if (bytes === null) throw new Error('the run was not kept')

    const longer = smallDocument({ epochs: 3 })
    const path = join(mkdtempSync(join(tmpdir(), 'unroll-host-')), 'checkpoint.safetensors')
    writeFileSync(path, bytes)
    for (const resume of [
      { kind: 'bytes' as const, bytes },
      { kind: 'file' as const, path },
    ]) {
      const next = new TestHost()
      next.readFrames()
      const request = { run: 'r2', document: longer, model: 'small', folders, threads: 1, resume }
      next.send({ kind: 'train', request })
      const ended = await next.until('ended')
      const all = expectedLosses(longer, Array<number>(60).fill(0.01))
      expect(next.losses()).toEqual(all.slice(40))
      expect(ended.result.steps).toBe(60)
      expect(ended.result.best?.loss).toBeLessThanOrEqual(result.best?.loss ?? 0)
    }
    const other = new TestHost()
    const request = { run: 'r3', document: smallDocument({ seed: 7 }), model: 'small', folders, threads: 1 }
    other.send({ kind: 'train', request: { ...request, resume: { kind: 'bytes', bytes } } })
    expect((await other.until('refused')).problems[0]?.code).toBe('checkpoint.mismatch')
    rmSync(dirname(path), { recursive: true })
  })
})
