import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineCommand } from '../../electron/contract'
import type { DataSummary } from '../../engine/data/prepared'
import { emptyDocument } from '../../engine/document/create'
import type { HostEvent } from '../../engine/host/protocol'
import { useDocument } from '../state/document'
import { changeData } from './dataActs'
import { hearData, readDataOnChange, useData } from './readData'

const asked: Extract<EngineCommand, { kind: 'describeData' }>[] = []
let end = () => {}

beforeEach(() => {
  vi.useFakeTimers()
  asked.length = 0
  vi.stubGlobal('window', {
    unroll: {
      engine: {
        send: (command: EngineCommand) => {
          if (command.kind === 'describeData') asked.push(command)
        },
      },
    },
  })
  useDocument.getState().load(emptyDocument('Test'), { path: null, name: 'Test' })
  end = readDataOnChange()
})

afterEach(() => {
  end()
  vi.useRealTimers()
})

const summary: DataSummary = {
  title: 'Adding problem',
  sentence: '5 000 examples × 20 steps',
  input: { kind: 'numbers', features: ['value', 'marker'] },
  target: { kind: 'numbers', names: ['sum'] },
  maximumSteps: 20,
  variableLength: false,
  stepWord: 'step',
  examples: { training: 4000, validation: 500, test: 500 },
  fingerprint: 'x',
}

function described(request: string): HostEvent {
  const metric = { kind: 'absoluteError', label: 'mean error', unit: '' } as const
  return { kind: 'dataDescribed', request, summary, baselines: [], metric, problems: [] }
}

function newest(): string {
  return asked.at(-1)?.request ?? ''
}

describe('reading the data', () => {
  it('asks at once for an opened document and puts the answer into the store', () => {
    expect(asked).toHaveLength(1)
    hearData(described(newest()))
    expect(useDocument.getState().summary).toBe(summary)
    expect(useData.getState().status).toBe('ready')
  })

  it('asks once for a burst of changes, and does not hear the answer that was overtaken', () => {
    hearData(described(newest()))
    const old = newest()
    for (const length of [2, 25, 250]) changeData('length', { length })
    expect(asked).toHaveLength(1)
    vi.advanceTimersByTime(400)
    expect(asked).toHaveLength(2)
    expect(asked[1]?.data).toMatchObject({ length: 250 })
    hearData({ kind: 'dataRefused', request: old, problems: [] })
    expect(useData.getState().status).toBe('reading')
    expect(useDocument.getState().summary).toBe(summary)
  })

  it('says why the data cannot be read', () => {
    const problem = { code: 'data.file', severity: 'error', message: 'No such file.', place: { kind: 'data' } } as const
    hearData({ kind: 'dataRefused', request: newest(), problems: [problem] })
    expect(useData.getState().status).toBe('refused')
    expect(useDocument.getState()).toMatchObject({ summary: null, dataProblems: [problem] })
  })

  it('asks again when the engine was lost while reading', () => {
    hearData({ kind: 'lost', run: null, exitCode: 1, signal: null })
    expect(asked).toHaveLength(2)
    hearData(described(newest()))
    hearData({ kind: 'lost', run: null, exitCode: 1, signal: null })
    expect(asked).toHaveLength(2)
  })

  it('stops asking an engine that never starts, and says so', () => {
    for (let loss = 0; loss < 10; loss += 1) hearData({ kind: 'lost', run: null, exitCode: 1, signal: null })
    expect(asked).toHaveLength(3)
    expect(useData.getState().status).toBe('refused')
    expect(useDocument.getState().dataProblems[0]?.code).toBe('engine.absent')
    changeData('length', { length: 30 })
    vi.advanceTimersByTime(400)
    expect(asked).toHaveLength(4)
  })
})
