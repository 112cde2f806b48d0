import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuAction, MenuHistory } from './contract'

/** Longer names of acts are cut: a menu is as wide as its longest item. */
const LONGEST = 60

function named(verb: string, act: string | null): string {
  if (act === null) return verb
  // An ampersand marks a key in a menu; twice it stands for itself.
  return `${verb} ${act.length > LONGEST ? `${act.slice(0, LONGEST)}…` : act}`.replaceAll('&', '&&')
}

/**
 * The native menu, naming the acts that undo and redo are about. Keys are shown but not registered: the page owns them, because inside a text field Ctrl+Z or Delete mean the field.
 */
export function setMenu(act: (action: MenuAction) => void, isMac: boolean, history: MenuHistory): void {
  const item = (label: string, action: MenuAction, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    click: () => act(action),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: false }),
  })
  const line: MenuItemConstructorOptions = { type: 'separator' }
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } satisfies MenuItemConstructorOptions] : []),
    {
      label: '&File',
      submenu: [
        item('Start screen', 'home'),
        item('New model', 'new', 'CmdOrCtrl+N'),
        item('Open …', 'open', 'CmdOrCtrl+O'),
        line,
        item('Save', 'save', 'CmdOrCtrl+S'),
        item('Save as …', 'saveAs', 'CmdOrCtrl+Shift+S'),
        line,
        item('Settings …', 'settings', 'CmdOrCtrl+,'),
        line,
        isMac ? { role: 'close' } : { role: 'quit', label: 'Quit' },
      ],
    },
    {
      label: '&Edit',
      submenu: [
        item(named('Undo', history.undo), 'undo', 'CmdOrCtrl+Z'),
        item(named('Redo', history.redo), 'redo', 'CmdOrCtrl+Shift+Z'),
        line,
        // The system's own: they reach a text field as well as the canvas, which hears the page's clipboard events.
        { role: 'cut', label: 'Cut' },
        { role: 'copy', label: 'Copy' },
        { role: 'paste', label: 'Paste' },
        item('Duplicate', 'duplicate', 'CmdOrCtrl+D'),
        item('Delete', 'delete', 'Delete'),
        line,
        item('Select all', 'selectAll', 'CmdOrCtrl+A'),
      ],
    },
    {
      label: '&View',
      submenu: [
        item('Fit the model', 'fit', 'CmdOrCtrl+1'),
        item('Zoom to 100 %', 'zoomReset', 'CmdOrCtrl+0'),
        line,
        item('Search actions …', 'palette', 'CmdOrCtrl+K'),
        { role: 'togglefullscreen', label: 'Full screen' },
      ],
    },
    {
      label: '&Train',
      submenu: [item('Train', 'train', 'CmdOrCtrl+Enter'), item('Stop, keep best', 'stop', 'CmdOrCtrl+Alt+Enter')],
    },
    { label: '&Help', submenu: [item('Keyboard', 'keys', '?')] },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
