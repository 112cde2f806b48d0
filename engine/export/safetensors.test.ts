import { describe, expect, it } from 'vitest'
import { readSafetensors, type TensorFile, writeSafetensors } from './safetensors'

const file: TensorFile = {
  tensors: {
    'param.lstm.weight': { data: Float32Array.of(1, -2.5, 3, 4, 5, 6), shape: [2, 3] },
    lengths: { data: Int32Array.of(3, -1), shape: [2] },
    loss: { data: Float64Array.of(0.1), shape: [] },
  },
  metadata: { format: 'unroll step', seed: '7' },
}

/** The same bytes with a header of our choice. */
function withHeader(text: string, body: Uint8Array = new Uint8Array(16)): Uint8Array {
  const json = new TextEncoder().encode(text)
  const bytes = new Uint8Array(8 + json.length + body.length)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true)
  bytes.set(json, 8)
  bytes.set(body, 8 + json.length)
  return bytes
}

describe('safetensors', () => {
  it('reads back what it wrote', () => {
    const read = readSafetensors(writeSafetensors(file), 'w.safetensors')
    expect(read).toEqual({ ok: true, value: file, problems: [] })
  })

  it('writes the layout of the format: length, padded JSON header, raw little-endian data', () => {
    const bytes = writeSafetensors({ tensors: { a: { data: Float32Array.of(1), shape: [1] } }, metadata: {} })
    const length = Number(new DataView(bytes.buffer).getBigUint64(0, true))
    expect(length % 8).toBe(0)
    const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)))
    expect(header).toEqual({ a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] } })
    expect(bytes.length).toBe(8 + length + 4)
    expect([...bytes.subarray(-4)]).toEqual([0, 0, 0x80, 0x3f])
  })

  it('reads from the middle of a larger buffer', () => {
    const bytes = writeSafetensors(file)
    const larger = new Uint8Array(bytes.length + 3)
    larger.set(bytes, 3)
    const read = { ok: true, value: file, problems: [] }
    expect(readSafetensors(larger.subarray(3), 'w')).toEqual(read)
    // Node's Buffer is a Uint8Array whose slice copies nothing.
    expect(readSafetensors(Buffer.from(larger.buffer).subarray(3), 'w')).toEqual(read)
  })

  it.each([
    ['too short', new Uint8Array(5), 'too short'],
    ['a header longer than the file', writeSafetensors(file).subarray(0, 40), 'header is cut off'],
    ['a header of a million terabytes', new Uint8Array(16).fill(0x7f), 'header is cut off'],
    ['no JSON', withHeader('{"a":'), 'not what the format asks for'],
    ['JSON that is not an object', withHeader('[1]'), 'not what the format asks for'],
    ['an entry without a shape', withHeader('{"a":{"dtype":"F32","data_offsets":[0,4]}}'), '"a"'],
    [
      'data outside the file',
      withHeader('{"a":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}}'),
      'outside the file',
    ],
    ['offsets the wrong way', withHeader('{"a":{"dtype":"F32","shape":[1],"data_offsets":[8,4]}}'), 'outside the file'],
    ['an unknown number type', withHeader('{"a":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}'), 'F8_E4M3'],
    [
      'a size that is not the shape',
      withHeader('{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}'),
      'size it claims',
    ],
    ['bytes that are no whole numbers', withHeader('{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,3]}}'), '"a"'],
  ])('refuses %s with a sentence', (_, bytes, words) => {
    const read = readSafetensors(bytes, 'w.safetensors')
    expect(read.ok).toBe(false)
    expect(read.problems).toHaveLength(1)
    expect(read.problems[0]?.code).toBe('weights.damaged')
    expect(read.problems[0]?.message).toContain('w.safetensors')
    expect(read.problems[0]?.message).toContain(words)
  })
})
