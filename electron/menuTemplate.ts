import type { MenuItemConstructorOptions } from 'electron'
import type { MenuAction, MenuHistory, RecentFile } from './contract'

/** What the menu shows and does. */
export interface MenuState {
  history: MenuHistory
  /** Newest first. */
  recents: readonly RecentFile[]
  isMac: boolean
  act(action: MenuAction): void
  openRecent(path: string): void
}

/** Longer names of acts and files are cut: a menu is as wide as its longest item. */
const LONGEST = 60

function short(text: string): string {
  const cut = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
  // An ampersand marks a key in a menu; twice it stands for itself.
  return cut.replaceAll('&', '&&')
}

/** On macOS menus cannot merely show a key: one that also types a letter would be taken from the text. */
function isTyped(accelerator: string): boolean {
  return !/CmdOrCtrl|^F\d/.test(accelerator)
}

/**
 * The native menu, naming the acts that undo and redo are about. Keys are shown but not registered: the page owns them, because inside a
 * text field Ctrl+Z or Delete mean the field.
 */
export function menuTemplate({ history, recents, isMac, act, openRecent }: MenuState): MenuItemConstructorOptions[] {
  const item = (label: string, action: MenuAction, accelerator?: string): MenuItemConstructorOptions => ({
    id: action,
    label,
    click: () => act(action),
    ...(accelerator === undefined || (isMac && isTyped(accelerator))
      ? {}
      : { accelerator, registerAccelerator: false }),
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const named = (verb: string, name: string | null): string => (name === null ? verb : short(`${verb} ${name}`))

  const file: MenuItemConstructorOptions[] = [
    item('Start screen', 'home'),
    item('New model', 'new', 'CmdOrCtrl+N'),
    item('Open …', 'open', 'CmdOrCtrl+O'),
    {
      label: 'Open recent',
      enabled: recents.length > 0,
      submenu: recents.map(({ path, name, folder }) => ({
        label: short(name),
        sublabel: folder,
        toolTip: folder,
        click: () => openRecent(path),
      })),
    },
    line,
    item('Save', 'save', 'CmdOrCtrl+S'),
    item('Save as …', 'saveAs', 'CmdOrCtrl+Shift+S'),
    item('Save a version …', 'saveVersion'),
    item('Rename the document', 'renameDocument'),
    line,
    item('Settings …', 'settings', 'CmdOrCtrl+,'),
    line,
    isMac ? { role: 'close' } : { role: 'quit', label: 'Quit' },
  ]

  const edit: MenuItemConstructorOptions[] = [
    item(named('Undo', history.undo), 'undo', 'CmdOrCtrl+Z'),
    item(named('Redo', history.redo), 'redo', 'CmdOrCtrl+Shift+Z'),
    line,
    // The system's own: they reach a text field as well as the canvas, which hears the page's clipboard events.
    { role: 'cut', label: 'Cut' },
    { role: 'copy', label: 'Copy' },
    { role: 'paste', label: 'Paste' },
    item('Paste with the wires that came in', 'pasteWired', 'CmdOrCtrl+Shift+V'),
    item('Duplicate', 'duplicate', 'CmdOrCtrl+D'),
    line,
    item('Delete', 'delete', 'Delete'),
    item('Delete and reconnect', 'deleteAndReconnect', 'CmdOrCtrl+Delete'),
    line,
    item('Select all', 'selectAll', 'CmdOrCtrl+A'),
    item('Find a node …', 'find', 'CmdOrCtrl+F'),
  ]

  const nodes: MenuItemConstructorOptions[] = [
    item('Add a node …', 'addNode', 'Shift+A'),
    item('Add a note', 'addNote', 'N'),
    item('Connect to …', 'connect'),
    {
      label: 'Wire',
      submenu: [
        item('Move its end to …', 'moveEnd'),
        item('Move its beginning to …', 'moveBeginning'),
        item('Add a reroute point', 'reroute'),
      ],
    },
    line,
    item('Rename', 'rename', 'F2'),
    item('Bypass or switch on', 'bypass', 'CmdOrCtrl+B'),
    item('Collapse or expand', 'collapse', 'Alt+C'),
    line,
    item('Group', 'group', 'CmdOrCtrl+G'),
    item('Ungroup, or take the frame away', 'ungroup', 'CmdOrCtrl+Shift+G'),
    item('Save the group to My blocks', 'keepBlock'),
    item('Put into a frame …', 'putIntoFrame'),
    item('Take out of the frame', 'takeOut'),
    line,
    item('Tidy the model', 'tidy', 'Shift+Alt+T'),
    {
      label: 'Line up',
      submenu: [
        item('At the left', 'alignLeft'),
        item('One below the other', 'alignCentre'),
        item('At the right', 'alignRight'),
        line,
        item('At the top', 'alignTop'),
        item('Side by side', 'alignMiddle'),
        item('At the bottom', 'alignBottom'),
        line,
        item('Spread evenly from left to right', 'spreadAcross'),
        item('Spread evenly from top to bottom', 'spreadDown'),
      ],
    },
  ]

  const model: MenuItemConstructorOptions[] = [
    item('Choose the data …', 'chooseData'),
    line,
    item('Add a model', 'addModel'),
    item('Duplicate', 'duplicateModel'),
    {
      label: 'Duplicate as',
      submenu: [
        item('Transformer', 'duplicateAsTransformer'),
        item('LSTM', 'duplicateAsLstm'),
        item('GRU', 'duplicateAsGru'),
        item('RNN', 'duplicateAsRnn'),
      ],
    },
    item('Rename this model', 'renameModel'),
    item('Move its tab to the left', 'moveModelLeft'),
    item('Move its tab to the right', 'moveModelRight'),
    item('Delete this model', 'deleteModel'),
  ]

  const view: MenuItemConstructorOptions[] = [
    item('Fit the model', 'fit', 'CmdOrCtrl+1'),
    item('Fit the selection', 'fitSelection', '.'),
    item('Zoom to 100 %', 'zoomReset', 'CmdOrCtrl+0'),
    line,
    {
      label: 'Panel',
      submenu: [
        item('Nodes', 'showNodes'),
        item('Data', 'showData'),
        item('Samples', 'showSamples'),
        item('Runs', 'showRuns'),
        item('Outline', 'showOutline'),
        item('Versions', 'showVersions'),
      ],
    },
    {
      label: 'Charts',
      submenu: [
        item('Loss', 'showLoss'),
        item('Gates', 'showGates'),
        item('Comparison', 'showCompare'),
        item('Plan', 'showPlan'),
        item('Problems', 'showProblems'),
      ],
    },
    item('Open or close the charts', 'toggleCharts'),
    item('Open or close the inspector', 'toggleInspector'),
    line,
    item('Make everything larger', 'larger', 'CmdOrCtrl+='),
    item('Make everything smaller', 'smaller', 'CmdOrCtrl+-'),
    item('Search actions …', 'palette', 'CmdOrCtrl+K'),
    { role: 'togglefullscreen', label: 'Full screen' },
  ]

  const train: MenuItemConstructorOptions[] = [
    item('Train', 'train', 'CmdOrCtrl+Enter'),
    item('Train all and compare', 'trainAll', 'CmdOrCtrl+Shift+Enter'),
    line,
    item('Pause', 'pause'),
    item('Resume', 'resume'),
    item('One step', 'step'),
    item('Stop, keep best', 'stop', 'CmdOrCtrl+Alt+Enter'),
  ]

  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    { label: '&File', submenu: file },
    { label: '&Edit', submenu: edit },
    { label: '&Nodes', submenu: nodes },
    { label: '&Model', submenu: model },
    { label: '&View', submenu: view },
    { label: '&Train', submenu: train },
    { label: '&Help', submenu: [item('Keyboard', 'keys', '?')] },
  ]
}
