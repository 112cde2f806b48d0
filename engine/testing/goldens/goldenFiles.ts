import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** Types and reader of layers.json, attend.json, nodes.json and models.json; README.md beside this file describes every field. */

const tensorSchema = z.object({ dims: z.array(z.number()), values: z.array(z.number()) })
export const tensorsSchema = z.record(z.string(), tensorSchema)

const layerSchema = z.object({
  name: z.string(),
  op: z.string(),
  attributes: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  inputs: z.array(tensorSchema.nullable()),
  output: tensorSchema,
  dOutput: tensorSchema,
  gradients: z.array(tensorSchema.nullable()),
})

const nodeSchema = z.object({
  name: z.string(),
  type: z.string(),
  settings: z.record(z.string(), z.union([z.number(), z.string(), z.boolean()])),
  inputs: tensorsSchema,
  lengths: z.array(z.number()),
  weights: tensorsSchema,
  output: tensorSchema,
  dOutput: tensorSchema,
  gradients: tensorsSchema,
})

const modelSchema = z.object({
  name: z.enum(['nextSymbol', 'forecast', 'classify', 'transformer']),
  sizes: z.object({
    features: z.number().optional(),
    vocabulary: z.number().optional(),
    embedding: z.number().optional(),
    hidden: z.number(),
    outputs: z.number(),
  }),
  weights: tensorsSchema,
  batches: z.array(z.object({ input: tensorSchema, lengths: tensorSchema, target: tensorSchema })),
  firstGradients: tensorsSchema,
  runs: z.array(
    z.object({
      optimizer: z.enum(['adam', 'sgd']),
      learningRate: z.number(),
      clipNorm: z.number(),
      losses: z.array(z.number()),
    }),
  ),
})

export type GoldenTensor = z.infer<typeof tensorSchema>
export type GoldenLayer = z.infer<typeof layerSchema>
export type GoldenNode = z.infer<typeof nodeSchema>
export type GoldenModel = z.infer<typeof modelSchema>
export type GoldenRun = GoldenModel['runs'][number]

export function goldenLayers(): GoldenLayer[] {
  return ['layers.json', 'attend.json', 'losses.json'].flatMap((name) => z.array(layerSchema).parse(readGolden(name)))
}

export function goldenNodes(): GoldenNode[] {
  return ['nodes.json', 'steps.json', 'linearRecurrence.json'].flatMap((name) =>
    z.array(nodeSchema).parse(readGolden(name)),
  )
}

export function goldenModels(): GoldenModel[] {
  return z.array(modelSchema).parse(readGolden('models.json'))
}

export function readGolden(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
}

/** [B, T, …] → [T, B, …]. */
export function timeMajor({ dims, values }: GoldenTensor): GoldenTensor {
  const [batch = 0, time = 0, ...rest] = dims
  const width = rest.reduce((product, dim) => product * dim, 1)
  const turned: number[] = []
  for (let t = 0; t < time; t++) {
    for (let row = 0; row < batch; row++) {
      const start = (row * time + t) * width
      turned.push(...values.slice(start, start + width))
    }
  }
  return { dims: [time, batch, ...rest], values: turned }
}
