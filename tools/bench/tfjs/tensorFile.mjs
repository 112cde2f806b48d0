import { readFileSync } from 'node:fs'

/** @typedef {{ shape: number[], data: Float32Array | Int32Array }} FileTensor */

/** The tensors of a safetensors file (float32 and int32) by name. @param {string} file @returns {Map<string, FileTensor>} */
export function readTensors(file) {
  const bytes = readFileSync(file)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const headerBytes = Number(view.getBigUint64(0, true))
  /** @type {Record<string, { dtype: string, shape: number[], data_offsets: [number, number] }>} */
  const header = JSON.parse(bytes.subarray(8, 8 + headerBytes).toString('utf8'))
  const start = 8 + headerBytes
  return new Map(
    Object.entries(header)
      .filter(([name]) => name !== '__metadata__')
      .map(
        ([
          name,
          {
            dtype,
            shape,
            data_offsets: [from, to],
          },
        ]) => {
          const raw = Uint8Array.from(bytes.subarray(start + from, start + to)).buffer
          return [name, { shape, data: arrayOf(dtype, raw) }]
        },
      ),
  )
}

/** @param {string} dtype @param {ArrayBuffer} raw */
function arrayOf(dtype, raw) {
  if (dtype === 'F32') return new Float32Array(raw)
  if (dtype === 'I32') return new Int32Array(raw)
  throw new Error(`There is no reading ${dtype}.`)
}
