/** The shapes that are timed, small to large. @typedef {import('./engine/configuration').Configuration} Configuration */

/** @type {readonly Configuration[]} */
export const configurations = [
  { name: 'tiny', kind: 'numbers', cell: 'lstm', batch: 16, steps: 20, input: 8, hidden: 16 },
  { name: 'adding-lstm', kind: 'numbers', cell: 'lstm', batch: 32, steps: 100, input: 2, hidden: 64 },
  { name: 'adding-gru', kind: 'numbers', cell: 'gru', batch: 32, steps: 100, input: 2, hidden: 64 },
  { name: 'adding-rnn', kind: 'numbers', cell: 'rnn', batch: 32, steps: 100, input: 2, hidden: 64 },
  { name: 'char-lm', kind: 'symbols', batch: 32, steps: 64, vocabulary: 65, embedding: 64, hidden: 128, layers: 2 },
  { name: 'tagger', kind: 'tagger', batch: 32, steps: 50, input: 64, hidden: 128, tags: 10 },
  { name: 'large', kind: 'numbers', cell: 'lstm', batch: 64, steps: 50, input: 256, hidden: 512 },
  {
    name: 'transformer-small',
    kind: 'transformer',
    batch: 32,
    steps: 100,
    vocabulary: 65,
    width: 64,
    heads: 4,
    feedForward: 256,
    layers: 2,
  },
  {
    name: 'transformer-medium',
    kind: 'transformer',
    batch: 32,
    steps: 128,
    vocabulary: 65,
    width: 128,
    heads: 4,
    feedForward: 512,
    layers: 4,
  },
  // The sequence is what the sides are compared on; timed is one step of it.
  { name: 'streaming', kind: 'streaming', batch: 1, steps: 100, input: 64, hidden: 128 },
]

/** What `--quick` times. */
export const quickNames = ['tiny', 'adding-lstm', 'char-lm']
