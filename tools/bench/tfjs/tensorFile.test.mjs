import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readTensors } from './tensorFile.mjs'

/** @param {object} header @param {ArrayBuffer[]} data */
function file(header, ...data) {
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  return Buffer.concat([length, json, ...data.map((one) => Buffer.from(one))])
}

it('reads numbers and classes by name', () => {
  const folder = mkdtempSync(join(tmpdir(), 'unroll-tensors-'))
  try {
    const path = join(folder, 'first.safetensors')
    const header = {
      __metadata__: { format: 'a step' },
      x: { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] },
      target: { dtype: 'I32', shape: [1], data_offsets: [8, 12] },
    }
    writeFileSync(path, file(header, Float32Array.of(0.5, -2).buffer, Int32Array.of(7).buffer))
    expect([...readTensors(path)]).toEqual([
      ['x', { shape: [1, 2], data: Float32Array.of(0.5, -2) }],
      ['target', { shape: [1], data: Int32Array.of(7) }],
    ])
    writeFileSync(path, file({ x: { dtype: 'F16', shape: [2], data_offsets: [0, 4] } }, new ArrayBuffer(4)))
    expect(() => readTensors(path)).toThrow('no reading F16')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
