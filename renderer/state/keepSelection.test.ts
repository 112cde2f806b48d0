import { expect, it } from 'vitest'
import { emptyDocument } from '../../engine/document/create'
import { useDocument } from './document'
import { keepSelectionValid } from './keepSelection'
import { useSelection } from './selection'

it('what is gone is no longer selected, and of another document nothing is, though ids are the same', () => {
  const end = keepSelectionValid()
  const { load, apply, undo } = useDocument.getState()
  const selected = (): readonly string[] => useSelection.getState().nodes
  load(emptyDocument('One'), { path: null, name: 'One' })
  const position = { x: 0, y: 0 }
  const added = { kind: 'addNode', model: 'model-1', node: 'lstm', type: 'lstm', settings: {}, position } as const
  apply({ label: 'Add LSTM', edits: [added] })
  useSelection.getState().select({ nodes: ['data', 'lstm'] })
  undo()
  expect(selected()).toEqual(['data'])
  load(emptyDocument('Two'), { path: null, name: 'Two' })
  expect(selected()).toEqual([])
  end()
})
