import { Menu } from 'electron'
import type { MenuHistory, RecentFile } from './contract'
import { type MenuState, menuTemplate } from './menuTemplate'

/** Milliseconds: acts that follow each other closely, as while dragging a slider, make one menu. */
const REST = 80

/** The native menu, made anew a moment after what it shows has changed. */
export class AppMenu {
  readonly #fixed: Omit<MenuState, 'history' | 'recents'>
  #history: MenuHistory = { undo: null, redo: null }
  #recents: readonly RecentFile[] = []
  #waiting: NodeJS.Timeout | null = null

  constructor(fixed: Omit<MenuState, 'history' | 'recents'>) {
    this.#fixed = fixed
    this.#show()
  }

  setHistory(history: MenuHistory): void {
    this.#history = history
    this.#later()
  }

  setRecents(recents: readonly RecentFile[]): void {
    this.#recents = recents
    this.#later()
  }

  /** The window is gone. */
  dispose(): void {
    if (this.#waiting !== null) clearTimeout(this.#waiting)
    this.#waiting = null
  }

  #later(): void {
    this.#waiting ??= setTimeout(() => {
      this.#waiting = null
      this.#show()
    }, REST)
  }

  #show(): void {
    const state: MenuState = { ...this.#fixed, history: this.#history, recents: this.#recents }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(state)))
  }
}
