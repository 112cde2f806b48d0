import { describe, expect, it, vi } from 'vitest'
import type { HostEvent, HostLost } from '../engine/host/protocol'
import { Engine } from './engine'

describe('commands that cannot be passed on', () => {
  it('end the run that the window waits for, and nothing else', () => {
    const relay = vi.fn<(event: HostEvent | HostLost) => void>()
    const engine = new Engine({ execPath: '', hostFile: '', samplesFolder: '', folderOf: () => null, relay })
    engine.refuse({ kind: 'train', run: 'run-1', document: 7 }, 'document: not an object')
    expect(relay).toHaveBeenCalledExactlyOnceWith({ kind: 'failed', run: 'run-1', message: 'document: not an object' })
    for (const other of [
      { kind: 'pause', run: 'run-1' },
      { kind: 'train' },
      { kind: 'train', run: 7 },
      null,
      'train',
    ]) {
      engine.refuse(other, 'no')
    }
    expect(relay).toHaveBeenCalledOnce()
    expect(engine.pid).toBe(0)
  })
})
