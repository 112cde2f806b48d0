import type { LearningRateSchedule } from '../document/trainingSchema'

type PlateauSettings = Pick<
  Extract<LearningRateSchedule, { kind: 'plateau' }>,
  'factor' | 'patience' | 'threshold' | 'minimum'
>

/** What a plateau remembers; plain data, for checkpoints. */
export interface PlateauState {
  /** What the learning rate is multiplied by. */
  factor: number
  /** Lowest loss so far; null before the first. */
  best: number | null
  /** Epochs in a row that were not better than it. */
  badEpochs: number
}

/** A change of the learning rate smaller than this is not made (PyTorch's `eps`). */
const SMALLEST_CHANGE = 1e-8

/** Lowers the learning rate when the loss stops falling: PyTorch's `ReduceLROnPlateau` with a relative threshold, without cooldown. */
export class Plateau {
  state: PlateauState = { factor: 1, best: null, badEpochs: 0 }
  readonly #settings: PlateauSettings

  constructor(settings: PlateauSettings) {
    this.#settings = settings
  }

  /** At the end of every epoch. @param loss of the validation part @param learningRate before the factor */
  observe(loss: number, learningRate: number): void {
    const { factor, patience, threshold, minimum } = this.#settings
    const { state } = this
    if (state.best === null || loss < state.best * (1 - threshold)) {
      this.state = { ...state, best: loss, badEpochs: 0 }
      return
    }
    const badEpochs = state.badEpochs + 1
    if (badEpochs <= patience) {
      this.state = { ...state, badEpochs }
      return
    }
    const now = learningRate * state.factor
    const next = Math.max(now * factor, minimum)
    this.state = { ...state, badEpochs: 0, factor: now - next > SMALLEST_CHANGE ? next / learningRate : state.factor }
  }
}
