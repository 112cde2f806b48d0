import type { MenuAction } from '../../electron/contract'
import { COUNTERPART_KINDS, type CounterpartKind, KIND_TITLES } from '../../engine/compile/counterparts/kinds'
import { useApp } from '../state/app'
import type { AppCommand } from '../state/appCommands'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'
import { isBusy } from '../state/runMachine'
import { useCompare } from './compareStore'
import { duplicateAs } from './counterpartActs'

const MENU: Readonly<Record<CounterpartKind, MenuAction>> = {
  transformer: 'duplicateAsTransformer',
  lstm: 'duplicateAsLstm',
  gru: 'duplicateAsGru',
  rnn: 'duplicateAsRnn',
}

const inEditor = () => useApp.getState().screen === 'editor'

/** What comparing offers to the palette and to keys. */
export const compareCommands: readonly AppCommand[] = [
  {
    id: 'run.trainAll',
    label: () => {
      const count = useDocument.getState().document.models.length
      return count > 1 ? `Train all ${count} models and compare` : 'Train all models and compare'
    },
    group: 'Run',
    keys: ['Mod+Shift+Enter'],
    keywords: ['compare', 'duel', 'benchmark', 'every model'],
    menu: 'trainAll',
    whileTyping: true,
    enabled: () => inEditor() && !isBusy(useRun.getState().state),
    run: () => useCompare.getState().trainAll(),
  },
  {
    id: 'run.skip',
    label: 'Skip to the next model',
    group: 'Run',
    enabled: () => inEditor() && useCompare.getState().comparison?.running === true,
    run: () => useCompare.getState().skip(),
  },
  ...COUNTERPART_KINDS.map(
    (kind): AppCommand => ({
      id: `model.duplicateAs.${kind}`,
      label: `Duplicate this model as ${KIND_TITLES[kind]}`,
      group: 'Edit',
      keywords: ['counterpart', 'compare', 'fair', 'parameters', 'convert'],
      menu: MENU[kind],
      enabled: inEditor,
      run: () => duplicateAs(kind),
    }),
  ),
]
