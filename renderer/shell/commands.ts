import { spotlight } from '@mantine/spotlight'
import { compareCommands } from '../compare/compareCommands'
import { stopTraining } from '../compare/compareStore'
import { chooseData } from '../data/sampleData'
import { useApp } from '../state/app'
import { type AppCommand, offerCommands } from '../state/appCommands'
import { useDocument } from '../state/document'
import { useRun } from '../state/run'
import { isBusy } from '../state/runMachine'
import { newDocument, openWithDialog, save } from './files'
import { addModelAct, deleteModelAct, duplicateModelAct, moveModelAct } from './modelActs'
import { viewCommands } from './viewCommands'

const inEditor = () => useApp.getState().screen === 'editor'
const phaseIs = (phase: 'training' | 'paused') => inEditor() && useRun.getState().phase === phase

const fileCommands: readonly AppCommand[] = [
  {
    id: 'file.new',
    label: 'New empty model',
    group: 'File',
    keys: ['Mod+N'],
    menu: 'new',
    whileTyping: true,
    run: () => void newDocument(),
  },
  {
    id: 'file.open',
    label: 'Open a file…',
    group: 'File',
    keys: ['Mod+O'],
    menu: 'open',
    whileTyping: true,
    run: () => void openWithDialog(),
  },
  {
    id: 'file.save',
    label: 'Save',
    group: 'File',
    keys: ['Mod+S'],
    menu: 'save',
    whileTyping: true,
    enabled: inEditor,
    run: () => void save({ as: false }),
  },
  {
    id: 'file.saveAs',
    label: 'Save under another name…',
    group: 'File',
    keys: ['Mod+Shift+S'],
    menu: 'saveAs',
    whileTyping: true,
    enabled: inEditor,
    run: () => void save({ as: true }),
  },
  {
    id: 'file.home',
    label: 'Go to the start screen',
    group: 'File',
    keywords: ['home', 'samples', 'goals'],
    menu: 'home',
    enabled: inEditor,
    run: () => useApp.getState().showHome(),
  },
  {
    id: 'file.rename',
    label: 'Rename the document',
    group: 'File',
    menu: 'renameDocument',
    enabled: inEditor,
    run: () => useApp.getState().renameDocument(true),
  },
]

const moveModelCommands: readonly AppCommand[] = ([-1, 1] as const).map((by) => {
  const act = () => {
    const { document, activeModel } = useDocument.getState()
    return moveModelAct(document, activeModel, by)
  }
  return {
    id: `model.move.${by < 0 ? 'left' : 'right'}`,
    label: `Move the tab of this model to the ${by < 0 ? 'left' : 'right'}`,
    group: 'Edit',
    keywords: ['tab', 'order'],
    menu: by < 0 ? 'moveModelLeft' : 'moveModelRight',
    enabled: () => inEditor() && act() !== null,
    run: () => {
      const move = act()
      if (move) useDocument.getState().apply(move)
    },
  }
})

const editCommands: readonly AppCommand[] = [
  {
    id: 'edit.undo',
    label: () => `Undo ${useDocument.getState().past.at(-1) ?? ''}`.trim(),
    group: 'Edit',
    keys: ['Mod+Z'],
    menu: 'undo',
    enabled: () => inEditor() && useDocument.getState().past.length > 0,
    run: () => useDocument.getState().undo(),
  },
  {
    id: 'edit.redo',
    label: () => `Redo ${useDocument.getState().future[0] ?? ''}`.trim(),
    group: 'Edit',
    keys: ['Mod+Shift+Z', 'Mod+Y'],
    menu: 'redo',
    enabled: () => inEditor() && useDocument.getState().future.length > 0,
    run: () => useDocument.getState().redo(),
  },
  {
    id: 'data.choose',
    label: 'Choose the data…',
    group: 'Edit',
    keywords: ['data set', 'sample', 'use', 'learn from', 'change'],
    menu: 'chooseData',
    enabled: inEditor,
    run: () => void chooseData(),
  },
  {
    id: 'model.add',
    label: 'Add a model',
    group: 'Edit',
    keywords: ['tab'],
    menu: 'addModel',
    enabled: inEditor,
    run: () => {
      const state = useDocument.getState()
      state.apply(addModelAct(state.document))
    },
  },
  {
    id: 'model.duplicate',
    label: 'Duplicate this model',
    group: 'Edit',
    keywords: ['tab', 'copy'],
    menu: 'duplicateModel',
    enabled: inEditor,
    run: () => {
      const state = useDocument.getState()
      state.apply(duplicateModelAct(state.document, state.activeModel))
    },
  },
  {
    id: 'model.rename',
    label: 'Rename this model',
    group: 'Edit',
    keywords: ['tab'],
    menu: 'renameModel',
    enabled: inEditor,
    run: () => useApp.getState().renameModel(useDocument.getState().activeModel),
  },
  ...moveModelCommands,
  {
    id: 'model.delete',
    label: 'Delete this model',
    group: 'Edit',
    keywords: ['tab'],
    menu: 'deleteModel',
    enabled: () => inEditor() && useDocument.getState().document.models.length > 1,
    run: () => {
      const state = useDocument.getState()
      const act = deleteModelAct(state.document, state.activeModel)
      if (act) state.apply(act)
    },
  },
]

const runCommands: readonly AppCommand[] = [
  {
    id: 'run.train',
    label: 'Train this model',
    group: 'Run',
    keys: ['Mod+Enter'],
    keywords: ['start', 'fit', 'learn'],
    menu: 'train',
    whileTyping: true,
    enabled: () => inEditor() && !isBusy(useRun.getState().state),
    run: () => useRun.getState().train(),
  },
  {
    id: 'run.pause',
    label: 'Pause training',
    group: 'Run',
    menu: 'pause',
    enabled: () => phaseIs('training'),
    run: () => useRun.getState().pause(),
  },
  {
    id: 'run.resume',
    label: 'Resume training',
    group: 'Run',
    menu: 'resume',
    enabled: () => phaseIs('paused'),
    run: () => useRun.getState().resume(),
  },
  {
    id: 'run.step',
    label: 'Do one training step',
    group: 'Run',
    menu: 'step',
    enabled: () => phaseIs('paused'),
    run: () => useRun.getState().stepOnce(),
  },
  {
    id: 'run.stop',
    label: 'Stop training, keep the best weights',
    group: 'Run',
    keys: ['Mod+Alt+Enter'],
    menu: 'stop',
    whileTyping: true,
    enabled: () => inEditor() && isBusy(useRun.getState().state),
    run: stopTraining,
  },
]

const helpCommands: readonly AppCommand[] = [
  {
    id: 'help.palette',
    label: 'Search actions',
    group: 'Help',
    keys: ['Mod+K', 'Mod+Shift+P'],
    menu: 'palette',
    whileTyping: true,
    inPalette: false,
    run: () => spotlight.open(),
  },
  {
    id: 'help.keys',
    label: 'Show the keys',
    group: 'Help',
    keys: ['?'],
    keywords: ['shortcuts', 'keyboard', 'hotkeys'],
    menu: 'keys',
    run: () => useApp.getState().openDialog({ kind: 'keys' }),
  },
]

/** Offers what the window itself can do; returns what takes it away. */
export function offerShellCommands(): () => void {
  return offerCommands([
    ...fileCommands,
    ...editCommands,
    ...runCommands,
    ...compareCommands,
    ...viewCommands,
    ...helpCommands,
  ])
}
