import { analyseModel, type ModelAnalysis } from '../analyse'
import { hasError } from '../graph'
import { featuresOf, IN } from '../../nodes/lowering'
import type { DataSummary } from '../../data/prepared'
import { applyEdits } from '../../document/applyEdit'
import type { Model, UnrollDocument } from '../../document/schema'
import type { RecurrentSkeleton, TransformerSkeleton } from './skeleton'

/** A model whose sizes are set, and what it comes to. */
export interface Candidate {
  model: Model
  parameters: number
}

/** Widest layers, as the nodes allow. */
const MOST_CELLS = 2048
const MOST_WIDTH = 4096
const MOST_INNER = 8192
/** Width of what a Transformer block thinks with, over the model's: as in Vaswani et al. 2017. */
const USUAL_RATIO = 4
/** Ratios that still look like a Transformer. */
const LEAST_RATIO = 1
const MOST_RATIO = 8

/** Looks for sizes of one document's models; counts by the compiler's own analysis, so that what the canvas says is what was sought. */
export class SizeSearch {
  constructor(
    private readonly document: UnrollDocument,
    private readonly data: DataSummary,
    /** Weights wanted. */
    private readonly target: number,
  ) {}

  /** The recurrent counterpart that comes nearest; null: it does not compile, whatever its sizes. */
  recurrent(skeleton: RecurrentSkeleton): Candidate | null {
    const widths = skeleton.layers.map(({ width }) => width)
    const at = (cells: readonly number[]): Candidate | null =>
      this.measure(
        skeleton.model,
        Object.fromEntries(skeleton.layers.map(({ node }, index) => [node, { hidden: cells[index] ?? 1 }])),
      )
    const scaled = (scale: number) =>
      widths.map((width) => Math.max(1, Math.min(MOST_CELLS, Math.round(width * scale))))
    let [low, high] = [1 / Math.max(...widths), MOST_CELLS / Math.min(...widths)]
    let best: { cells: readonly number[]; found: Candidate } | null = null
    const consider = (cells: readonly number[]): Candidate | null => {
      const found = at(cells)
      if (found && (best === null || this.error(found) < this.error(best.found))) best = { cells, found }
      return found
    }
    for (let round = 0; round < 20; round++) {
      const middle = Math.sqrt(low * high)
      const found = consider(scaled(middle))
      if (!found) return null
      if (found.parameters < this.target) low = middle
      else high = middle
    }
    // Several layers need not be scaled alike to the last cell.
    for (let better = widths.length > 1; better; ) {
      better = false
      const { cells, found }: { cells: readonly number[]; found: Candidate } = best ?? never()
      for (const index of cells.keys()) {
        for (const by of [-1, 1]) {
          const moved = cells.map((cell, place) => (place === index ? Math.max(1, cell + by) : cell))
          const tried = consider(moved)
          if (tried && this.error(tried) < this.error(found)) better = true
        }
      }
    }
    return best === null ? null : (best as { found: Candidate }).found
  }
}
