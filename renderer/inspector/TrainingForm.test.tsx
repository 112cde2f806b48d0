import { MantineProvider } from '@mantine/core'
import { renderToString } from 'react-dom/server'
import { afterEach, describe, expect, it } from 'vitest'
import type { DataDefinition } from '../../engine/document/dataSchema'
import type { TrainingSettings } from '../../engine/document/trainingSchema'
import { useDocument } from '../state/document'
import { TrainingForm } from './TrainingForm'

const original = useDocument.getInitialState().document

/** Labels of the form, in order, with these training settings in the document. */
function labels(changes: Partial<TrainingSettings>, data: DataDefinition = original.data): string[] {
  const training = { ...original.training, ...changes }
  // A rendering without a page reads the state that the store began with.
  Object.assign(useDocument.getInitialState(), { document: { ...original, data, training } })
  const html = renderToString(
    <MantineProvider>
      <TrainingForm />
    </MantineProvider>,
  )
  return [...html.matchAll(/<label for="training-[^>]*>([^<]*)</g)].map((match) => match[1] ?? '')
}

afterEach(() => {
  Object.assign(useDocument.getInitialState(), { document: original })
})

const EPOCHS = ['Epochs', 'Stop early after', 'Examples per step', 'Batches per change']
const REST = ['Weight decay', 'Largest gradient', 'Largest number in a gradient', 'Seed']

describe('TrainingForm', () => {
  it('shows what every run needs', () => {
    const shown = [...EPOCHS, 'Learning rate', 'Learning rate over time', 'Optimizer', ...REST]
    expect(labels({ optimizer: 'adam' })).toEqual(shown)
    // What another optimizer would use stays out of sight.
    expect(labels({ optimizer: 'adam', momentum: 0.9, nesterov: true })).toEqual(shown)
  })

  it('shows momentum where there is some to set, and looking ahead only with it', () => {
    expect(labels({ optimizer: 'sgd' })).toContain('Momentum')
    expect(labels({ optimizer: 'sgd' })).not.toContain('Look ahead (Nesterov)')
    expect(labels({ optimizer: 'sgd', momentum: 0.9 })).toContain('Look ahead (Nesterov)')
  })

  it('offers to carry memory where windows follow each other', () => {
    const text: DataDefinition = {
      kind: 'nextSymbol',
      source: { kind: 'sample', name: 'book.txt' },
      unit: 'letter',
      window: 50,
      minimumCount: 1,
      split: { training: 0.8, validation: 0.1 },
    }
    expect(labels({}, text)).toContain('Carry memory from window to window')
    expect(labels({})).not.toContain('Carry memory from window to window')
  })

  it.each([
    [{ kind: 'constant' }, []],
    [{ kind: 'step', everyEpochs: 3, factor: 0.5 }, ['Epochs between steps', 'Multiply by']],
    [{ kind: 'exponential', factor: 0.9 }, ['Multiply by']],
    [{ kind: 'cosine', warmup: 0.1 }, ['Warm-up']],
    [{ kind: 'oneCycle' }, []],
    [
      { kind: 'plateau', factor: 0.5, patience: 3, threshold: 0.001, minimum: 0 },
      ['Multiply by', 'Epochs to wait', 'Counts as better from', 'Smallest learning rate'],
    ],
  ] as const)('shows the numbers of the schedule %o', (schedule, fields) => {
    const shown = [...EPOCHS, 'Learning rate', 'Learning rate over time', ...fields, 'Optimizer', ...REST]
    expect(labels({ schedule })).toEqual(shown)
  })
})
