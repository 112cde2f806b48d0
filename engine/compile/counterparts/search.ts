import type { DataSummary } from '../../data/prepared'
import type { Model, UnrollDocument } from '../../document/schema'
import { dense } from '../../nodes/dense/dense'
import { featuresOf, IN } from '../../nodes/lowering'
import { hiddenSetting } from '../../nodes/recurrent'
import { transformerBlock } from '../../nodes/transformerBlock/transformerBlock'
import { analyseModel, type ModelAnalysis } from '../analyse'
import { hasError } from '../graph'
import type { RecurrentSkeleton, TransformerSkeleton } from './skeleton'

/** A model whose sizes are set, and its weights as the compiler counts them. */
export interface Candidate {
  model: Model
  parameters: number
}

const MOST_CELLS: number = hiddenSetting.maximum
const MOST_WIDTH = dense.settings.size.maximum
const MOST_INNER = transformerBlock.settings.feedForward.maximum
/** How wide a Transformer block thinks, over the model's width: the usual ratio (Vaswani et al. 2017), and what still looks like one. */
const USUAL_RATIO = 4
const LEAST_RATIO = 1
const MOST_RATIO = 8
/** Heads that a block has when its width can be shared among them, each with four numbers or more. */
const MOST_HEADS = 4
const LEAST_HEAD = 4

/** Cells over those of the layer that is replaced, the likeliest first. */
const SCALES = [1, 0.9, 1.1, 0.8, 1.25, 0.7, 1.5, 0.6, 1.75, 0.5, 2, 2.5]

/** Near enough to look no further, as a share of the weights. */
const CLOSE = 0.003

/** Sizes that make a model of about so many weights. The compiler's own analysis counts, so what is sought is what the canvas says. */
export class SizeSearch {
  constructor(
    private readonly document: UnrollDocument,
    private readonly data: DataSummary,
    /** Weights wanted. */
    private readonly target: number,
  ) {}

  /** The counterpart of recurrent layers that comes nearest; null: it does not compile. All layers are scaled alike, to a few cells. */
  recurrent(skeleton: RecurrentSkeleton): Candidate | null {
    return skeleton.projections.length === 0 ? this.cells(skeleton) : this.ledUpTo(skeleton)
  }

  private cells({ model, layers }: RecurrentSkeleton): Candidate | null {
    const measure = (cells: readonly number[]): (Candidate & { cells: readonly number[] }) | null => {
      const settings = layers.map(({ node }, index) => [node, { hidden: cells[index] ?? 1 }] as const)
      const found = this.measure(withSettings(model, Object.fromEntries(settings)))
      return found && { ...found, cells }
    }
    const scaled = (scale: number) =>
      layers.map(({ width }) => Math.max(1, Math.min(MOST_CELLS, Math.round(width * scale))))
    let [low, high] = [1 / MOST_CELLS, MOST_CELLS]
    let best = measure(scaled(1))
    for (let round = 0; best && this.error(best) > CLOSE && round < 24; round++) {
      const middle = Math.sqrt(low * high)
      const found = measure(scaled(middle))
      if (found && found.parameters < this.target) low = middle
      else high = middle
      best = this.nearer(best, found)
    }
    for (let round = 0; best && this.error(best) > CLOSE && round < 12; round++) {
      const before: { cells: readonly number[] } = best
      for (const index of layers.keys()) {
        for (const by of [-1, 1]) {
          const moved = before.cells.map((cell, place) => (place === index ? Math.max(1, cell + by) : cell))
          best = this.nearer(best, measure(moved))
        }
      }
      if (best.cells === before.cells) break
    }
    return best
  }

  /** Tries several numbers of cells, each with the size of the Dense in front that takes up the rest. */
  private ledUpTo({ model, layers, projections }: RecurrentSkeleton): Candidate | null {
    let best: Candidate | null = null
    for (const scale of SCALES) {
      const measure = (size: number): Candidate | null => {
        const cells = layers.map(
          ({ node, width }) => [node, { hidden: Math.max(1, Math.round(width * scale)) }] as const,
        )
        const dense = projections.map((node) => [node, { size }] as const)
        return this.measure(withSettings(model, Object.fromEntries([...cells, ...dense])))
      }
      const [one, two] = [measure(1), measure(2)]
      if (!one || !two) return null
      const size = 1 + Math.round((this.target - one.parameters) / (two.parameters - one.parameters))
      if (size >= 2 && size <= MOST_WIDTH) best = this.nearer(best, measure(size))
      if (best && this.error(best) < CLOSE) break
    }
    return best
  }

  /**
   * The Transformer that comes nearest; null: it does not compile, or would look like none. The model's width is the largest whose blocks
   * think about four times as wide; that inner width then takes what is left.
   */
  transformer(skeleton: TransformerSkeleton): Candidate | null {
    if (skeleton.projections.length === 0) return this.withInner(skeleton, null)
    let [low, high] = [1, Math.floor(MOST_WIDTH / 2)]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      const width = 2 * middle
      const found = this.withSizes(skeleton, width, Math.min(MOST_INNER, USUAL_RATIO * width))
      if (found && found.parameters <= this.target) low = middle
      else high = middle - 1
    }
    // Widths that four heads share come first, where that is not far; a neighbour serves where the inner width cannot take up the rest.
    const widest = 2 * low
    const first = widest >= MOST_HEADS * LEAST_HEAD ? Math.floor(widest / MOST_HEADS) * MOST_HEADS : widest
    const widths = [...new Set([first, widest, widest - 2, widest + 2])].filter((width) => width > 0)
    let best: Candidate | null = null
    for (const width of widths) {
      const found = this.withInner(skeleton, width)
      if (found && this.error(found) < CLOSE) return found
      best = this.nearer(best, found)
    }
    return best
  }

  /** Solves for the inner width, on which the number of weights hangs in a straight line. `width` null: that of what comes in. */
  private withInner(skeleton: TransformerSkeleton, width: number | null): Candidate | null {
    const [one, two] = [this.withSizes(skeleton, width, 1), this.withSizes(skeleton, width, 2)]
    if (!one || !two) return null
    const inner = 1 + Math.round((this.target - one.parameters) / (two.parameters - one.parameters))
    const ratio = inner / one.width
    if (inner > MOST_INNER || ratio < LEAST_RATIO || (width === null && ratio > MOST_RATIO)) return null
    return this.withSizes(skeleton, width, inner)
  }

  private withSizes(
    { model, blocks, projections }: TransformerSkeleton,
    width: number | null,
    inner: number,
  ): (Candidate & { width: number }) | null {
    const size = width === null ? {} : { size: width }
    const shaped = withSettings(model, {
      ...Object.fromEntries(projections.map((node) => [node, size])),
      ...Object.fromEntries(blocks.map((node) => [node, { heads: 1, feedForward: inner }])),
    })
    const alone = this.measure(shaped)
    if (!alone) return null
    const widthOf = (block: string): number => {
      const shape = alone.analysis.nodes[block]?.inputs[IN]
      return shape ? featuresOf(shape) : 1
    }
    // Heads share the width out and change no count.
    const heads = Object.fromEntries(blocks.map((block) => [block, { heads: headsFor(widthOf(block)) }]))
    return { ...alone, model: withSettings(shaped, heads), width: widthOf(blocks[0] ?? '') }
  }

  /** null: the model has an error. */
  private measure(model: Model): (Candidate & { analysis: ModelAnalysis }) | null {
    const analysis = analyseModel({ ...this.document, models: [model] }, model.id, this.data)
    return hasError(analysis.problems) ? null : { model, parameters: analysis.parameters, analysis }
  }

  private nearer<C extends Candidate>(a: C, b: C | null): C
  private nearer<C extends Candidate>(a: C | null, b: C | null): C | null
  private nearer<C extends Candidate>(a: C | null, b: C | null): C | null {
    if (!a || !b) return a ?? b
    return this.error(b) < this.error(a) ? b : a
  }

  private error({ parameters }: Candidate): number {
    return Math.abs(parameters / this.target - 1)
  }
}

function headsFor(width: number): number {
  for (let heads = MOST_HEADS; heads > 1; heads /= 2) {
    if (width % heads === 0 && width / heads >= LEAST_HEAD) return heads
  }
  return 1
}

/** The model with some settings of some nodes changed. */
function withSettings(model: Model, changes: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Model {
  const nodes = { ...model.nodes }
  for (const [id, settings] of Object.entries(changes)) {
    const node = nodes[id]
    if (node) nodes[id] = { ...node, settings: { ...node.settings, ...settings } }
  }
  return { ...model, nodes }
}
