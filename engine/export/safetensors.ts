import { z } from 'zod'
import { invariant } from '../base/invariant'
import { bad, type Checked, type Diagnostic, good } from '../document/diagnostic'

/**
 * Tensors in a file: eight bytes of header length, a JSON header, then the raw little-endian data.
 * Source: the format description of the safetensors project (Hugging Face), version 0.4.
 */
export interface Tensor {
  /** Row-major. */
  data: Float32Array | Float64Array | Int32Array
  shape: readonly number[]
}

export interface TensorFile {
  /** In file order. */
  tensors: Record<string, Tensor>
  /** Free text by key; both sides are strings by the format's rule. */
  metadata: Record<string, string>
}

/** A larger header is refused before it is parsed (the format's own limit). */
const MAX_HEADER_BYTES = 100_000_000
const METADATA = '__metadata__'

const entrySchema = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().min(0)),
  data_offsets: z.tuple([z.number().int().min(0), z.number().int().min(0)]),
})
const headerSchema = z.record(z.string(), z.unknown())
const metadataSchema = z.record(z.string(), z.string())

/** The bytes of a safetensors file. Tensor data start on a multiple of 8 bytes, so that they can be mapped in place. */
export function writeSafetensors(file: TensorFile): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = {}
  if (Object.keys(file.metadata).length > 0) header[METADATA] = file.metadata
  let end = 0
  for (const [name, tensor] of Object.entries(file.tensors)) {
    invariant(name !== METADATA, `a tensor cannot be called ${METADATA}`)
    invariant(elements(tensor.shape) === tensor.data.length, `tensor ${name} does not have the size of its shape`)
    header[name] = {
      dtype: dtypeOf(tensor.data),
      shape: tensor.shape,
      data_offsets: [end, end + tensor.data.byteLength],
    }
    end += tensor.data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const headerBytes = Math.ceil(json.length / 8) * 8
  const bytes = new Uint8Array(8 + headerBytes + end)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(headerBytes), true)
  bytes.fill(0x20, 8, 8 + headerBytes)
  bytes.set(json, 8)
  let at = 8 + headerBytes
  for (const { data } of Object.values(file.tensors)) {
    bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return bytes
}

/** Reads a file that may be damaged or hostile; `path` is for the sentences. float32, float64 and int32 are understood. */
export function readSafetensors(bytes: Uint8Array, path: string): Checked<TensorFile> {
  const damaged = (what: string): Checked<TensorFile> => bad(problem(path, what))
  if (bytes.length < 8) return damaged('it is too short')
  const headerBytes = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true))
  if (headerBytes > MAX_HEADER_BYTES || 8 + headerBytes > bytes.length) return damaged('its header is cut off')
  const parsed = parseHeader(bytes.subarray(8, 8 + headerBytes))
  if (parsed === null) return damaged('its header is not what the format asks for')
  const { [METADATA]: rawMetadata, ...entries } = parsed
  const metadata = metadataSchema.safeParse(rawMetadata ?? {})
  if (!metadata.success) return damaged('its metadata are not text')

  const tensors: [string, Tensor][] = []
  const body = bytes.subarray(8 + headerBytes)
  for (const [name, raw] of Object.entries(entries)) {
    const entry = entrySchema.safeParse(raw)
    if (!entry.success) return damaged(`the entry "${name}" is not what the format asks for`)
    const [begin, end] = entry.data.data_offsets
    if (begin > end || end > body.length) return damaged(`the data of "${name}" lie outside the file`)
    // A copy of its own: `slice` would not copy a Node.js Buffer, and data need an even start.
    const data = view(new Uint8Array(body.subarray(begin, end)), entry.data.dtype)
    if (data === null) return damaged(`the number type ${entry.data.dtype} of "${name}" is not understood`)
    if (data.length !== elements(entry.data.shape)) return damaged(`"${name}" does not have the size it claims`)
    tensors.push([name, { data, shape: entry.data.shape }])
  }
  // Entries, not assignments: a hostile name such as __proto__ becomes an ordinary key.
  return good({ tensors: Object.fromEntries(tensors), metadata: metadata.data })
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const parsed = headerSchema.safeParse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)))
    return parsed.success ? parsed.data : null
  } catch {
    // Neither UTF-8 nor JSON: the caller says so in words.
    return null
  }
}

function dtypeOf(data: Tensor['data']): string {
  if (data instanceof Float32Array) return 'F32'
  return data instanceof Float64Array ? 'F64' : 'I32'
}

/** `bytes` is a copy that starts at 0 of its buffer; null when the type is unknown or the bytes do not divide evenly. */
function view(bytes: Uint8Array<ArrayBufferLike>, dtype: string): Tensor['data'] | null {
  const size = dtype === 'F64' ? 8 : 4
  if (bytes.byteLength % size !== 0) return null
  if (dtype === 'F32') return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / size)
  if (dtype === 'F64') return new Float64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / size)
  return dtype === 'I32' ? new Int32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / size) : null
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}

function problem(path: string, what: string): Diagnostic {
  return {
    code: 'weights.damaged',
    severity: 'error',
    message: `The weights file ${path} cannot be read: ${what}. Train again or choose another file.`,
    place: { kind: 'file', path },
  }
}
