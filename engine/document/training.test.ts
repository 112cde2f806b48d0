import { describe, expect, it } from 'vitest'
import { emptyDocument } from './create'
import { optimizerChoice } from './training'
import type { TrainingSettings } from './trainingSchema'

const choice = (changes: Partial<TrainingSettings>) => optimizerChoice({ ...emptyDocument('x').training, ...changes })

describe('optimizerChoice', () => {
  it('leaves documents that say nothing as they were', () => {
    expect(choice({})).toEqual({ kind: 'adam', momentum: 0, nesterov: false, weightDecay: 0 })
    expect(choice({ optimizer: 'sgd' })).toEqual({ kind: 'sgd', momentum: 0, nesterov: false, weightDecay: 0 })
  })

  it('gives AdamW the decay of PyTorch, unless it is told', () => {
    expect(choice({ optimizer: 'adamw' }).weightDecay).toBe(0.01)
    expect(choice({ optimizer: 'adamw', weightDecay: 0 }).weightDecay).toBe(0)
  })

  it('has momentum in plain descent alone, and looks ahead only with momentum', () => {
    expect(choice({ optimizer: 'sgd', momentum: 0.9, nesterov: true })).toMatchObject({ momentum: 0.9, nesterov: true })
    expect(choice({ optimizer: 'sgd', nesterov: true }).nesterov).toBe(false)
    expect(choice({ optimizer: 'rmsprop', momentum: 0.9, nesterov: true })).toMatchObject({
      momentum: 0,
      nesterov: false,
    })
  })
})
