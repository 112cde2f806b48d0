import { present } from '../base/invariant'
import type { Tensor } from '../export/safetensors'
import type { Dim } from '../ir/program'

/** One shard's piece of a value. */
export interface Piece {
  data: Float32Array | Float64Array | Int32Array
  dims: readonly number[]
}

/**
 * The shards' pieces one below the other, with the batch first: [T, B, …] becomes [B, T, …]; [B, N, T, T] stays. Gathered batches may
 * differ in their time steps: the shorter are filled up with 0, integers of a target with -1.
 */
export function joinBatchFirst(symbolic: readonly Dim[], pieces: readonly Piece[], filling: number): Tensor {
  const overTime = symbolic[0] === 'T' && symbolic[1] === 'B'
  const ofPairs = symbolic[2] === 'T' && symbolic[3] === 'T'
  const steps = Math.max(...pieces.map(({ dims }) => dims[ofPairs ? 2 : 0] ?? 0))
  const turned = pieces.map(({ data, dims }) => {
    if (ofPairs) return withMorePairs({ data, dims }, steps)
    return overTime ? swapFirstTwo(lengthened(data, dims, steps, filling), [steps, ...dims.slice(1)]) : { data, dims }
  })
  const first = present(turned[0], 'at least one shard has rows')
  const rows = turned.reduce((sum, { dims }) => sum + (dims[0] ?? 0), 0)
  const size = turned.reduce((sum, { data }) => sum + data.length, 0)
  const data = first.data instanceof Int32Array ? new Int32Array(size) : new Float32Array(size)
  let at = 0
  for (const piece of turned) {
    data.set(piece.data, at)
    at += piece.data.length
  }
  return { data, shape: [rows, ...first.dims.slice(1)] }
}

/** Time comes first, so that the steps that are missing are missing at the end. */
function lengthened(data: Piece['data'], dims: readonly number[], steps: number, filling: number): Piece['data'] {
  if (dims[0] === steps) return data
  const size = (data.length / (dims[0] ?? 1)) * steps
  const longer = data instanceof Int32Array ? new Int32Array(size) : new Float32Array(size)
  longer.fill(filling, data.length)
  longer.set(data)
  return longer
}

/** [B, N, T, T] with more steps. */
function withMorePairs({ data, dims }: Piece, steps: number): Piece {
  const [rows = 0, heads = 0, short = 0] = dims
  const wider = new Float32Array(rows * heads * steps * steps)
  for (let t = 0; t < rows * heads * short; t++) {
    const to = (Math.floor(t / short) * steps + (t % short)) * steps
    wider.set(data.subarray(t * short, (t + 1) * short), to)
  }
  return { data: wider, dims: [rows, heads, steps, steps] }
}

function swapFirstTwo(data: Piece['data'], dims: readonly number[]): Piece {
  const [outer = 1, inner = 1, ...rest] = dims
  const width = rest.reduce((product, dim) => product * dim, 1)
  const turned = data.slice()
  for (let t = 0; t < outer; t++) {
    for (let b = 0; b < inner; b++) {
      const from = (t * inner + b) * width
      turned.set(data.subarray(from, from + width), (b * outer + t) * width)
    }
  }
  return { data: turned, dims: [inner, outer, ...rest] }
}
