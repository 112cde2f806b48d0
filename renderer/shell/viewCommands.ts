import type { MenuAction } from '../../electron/contract'
import { useApp } from '../state/app'
import type { AppCommand } from '../state/appCommands'
import { type DockTab, nextScale, type RailPanel, type ThemeChoice } from '../state/appLayout'
import { useSelection } from '../state/selection'

const inEditor = () => useApp.getState().screen === 'editor'

function panelCommand(panel: RailPanel, label: string, menu: MenuAction): AppCommand {
  return {
    id: `view.${panel}`,
    label,
    group: 'View',
    menu,
    enabled: inEditor,
    run: () => useApp.getState().openRail(panel),
  }
}

function dockCommand(tab: DockTab, label: string, menu?: MenuAction): AppCommand {
  return {
    id: `view.dock.${tab}`,
    label,
    group: 'View',
    ...(menu === undefined ? {} : { menu }),
    enabled: inEditor,
    run: () => useApp.getState().showDock(tab),
  }
}

function themeCommand(theme: ThemeChoice, label: string): AppCommand {
  return {
    id: `view.theme.${theme}`,
    label,
    group: 'View',
    keywords: ['appearance', 'colours', 'mode'],
    enabled: () => useApp.getState().theme !== theme,
    run: () => useApp.getState().setTheme(theme),
  }
}

const scaleTo = (scale: number) => useApp.getState().setScale(scale)

/** The size of the whole window, in steps. */
const scaleCommands: readonly AppCommand[] = [
  {
    id: 'view.larger',
    label: 'Make everything larger',
    group: 'View',
    keys: ['Mod+=', 'Mod++'],
    keywords: ['zoom', 'scale', 'size', 'bigger'],
    whileTyping: true,
    inDialogs: true,
    menu: 'larger',
    enabled: () => nextScale(useApp.getState().scale, 1) !== useApp.getState().scale,
    run: () => scaleTo(nextScale(useApp.getState().scale, 1)),
  },
  {
    id: 'view.smaller',
    label: 'Make everything smaller',
    group: 'View',
    keys: ['Mod+-'],
    keywords: ['zoom', 'scale', 'size'],
    whileTyping: true,
    inDialogs: true,
    menu: 'smaller',
    enabled: () => nextScale(useApp.getState().scale, -1) !== useApp.getState().scale,
    run: () => scaleTo(nextScale(useApp.getState().scale, -1)),
  },
]

/** Panels, charts, sizes and theme. */
export const viewCommands: readonly AppCommand[] = [
  panelCommand('nodes', 'Show the nodes', 'showNodes'),
  panelCommand('data', 'Show the data', 'showData'),
  panelCommand('samples', 'Show the samples', 'showSamples'),
  panelCommand('runs', 'Show the runs', 'showRuns'),
  panelCommand('outline', 'Show the outline', 'showOutline'),
  panelCommand('versions', 'Show the versions', 'showVersions'),
  {
    id: 'view.saveVersion',
    label: 'Save a version…',
    group: 'View',
    keywords: ['snapshot', 'history', 'keep', 'backup'],
    menu: 'saveVersion',
    enabled: inEditor,
    run: () => {
      useApp.getState().openRail('versions')
      useSelection.getState().wishFocus({ kind: 'field', id: 'version-name' })
    },
  },
  dockCommand('overview', 'Show the overview charts'),
  dockCommand('loss', 'Show the loss chart', 'showLoss'),
  dockCommand('gates', 'Show the gate charts', 'showGates'),
  dockCommand('compare', 'Show the comparison', 'showCompare'),
  dockCommand('plan', 'Show the plan', 'showPlan'),
  dockCommand('problems', 'Show the problems', 'showProblems'),
  {
    id: 'view.training',
    label: 'Show the model and its training settings',
    group: 'View',
    keys: ['Mod+T'],
    keywords: ['settings', 'epochs', 'learning rate', 'optimizer', 'seed'],
    enabled: inEditor,
    run: () => {
      useSelection.getState().clear()
      useApp.getState().openInspector()
    },
  },
  {
    id: 'view.dock',
    label: 'Open or close the charts',
    group: 'View',
    menu: 'toggleCharts',
    enabled: inEditor,
    run: () => useApp.getState().toggleDock(),
  },
  {
    id: 'view.inspector',
    label: 'Open or close the inspector',
    group: 'View',
    menu: 'toggleInspector',
    enabled: inEditor,
    run: () => useApp.getState().toggleInspector(),
  },
  {
    id: 'view.settings',
    label: 'Settings…',
    group: 'View',
    keys: ['Mod+,'],
    keywords: ['preferences', 'options', 'theme', 'size', 'zoom', 'motion', 'threads'],
    menu: 'settings',
    whileTyping: true,
    run: () => useApp.getState().openDialog({ kind: 'settings' }),
  },
  ...scaleCommands,
  themeCommand('light', 'Use the light theme'),
  themeCommand('dark', 'Use the dark theme'),
  themeCommand('system', 'Use the theme of the system'),
]
