import type { MenuAction } from '../../electron/contract'
import { useApp } from '../state/app'
import { type AppCommand, isEnabled, labelOf, useCommands } from '../state/appCommands'
import { matchesChord } from './chords'
import { closeWindow } from './files'
import { tell } from './notify'
import { isMac } from './platform'

/** True while keys belong to a text field. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement)
    return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type)
}

/** True while a dialog or an open menu has the keys for itself. */
function isModal(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[aria-modal="true"], [role="menu"]') !== null
}

/**
 * Runs commands by their keys. Keys that a part of the window took for itself (`preventDefault`) are left alone. Returns what ends
 * the listening.
 */
export function listenToKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const modal = isModal(event.target)
    const typing = isTyping(event.target)
    for (const command of useCommands.getState().commands) {
      if (modal && command.inDialogs !== true) continue
      if (typing && command.whileTyping !== true) continue
      if (!command.keys?.some((chord) => matchesChord(chord, event, isMac())) || !isEnabled(command)) continue
      // Also keeps the native menu from running the same command once more.
      event.preventDefault()
      command.run()
      return
    }
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

/** Editing acts of the menu that mean the text while a text field has the focus. */
const TEXT_ACTIONS: readonly MenuAction[] = ['undo', 'redo', 'delete', 'selectAll']

/** A menu that stays silent looks broken: an item that has nothing to act on says so. */
function sayNothingToDo(command: AppCommand | undefined): void {
  if (useApp.getState().screen !== 'editor') tell('Open a model first: choose a sample or a file.')
  else if (command) tell(`“${labelOf(command)}” has nothing to act on now.`)
}

/** Runs commands chosen in the native menu. Returns what ends the listening. */
export function listenToMenu(): () => void {
  return window.unroll.onMenu((action) => {
    if (action === 'closeRequested') {
      void closeWindow()
      return
    }
    if (TEXT_ACTIONS.includes(action) && isTyping(document.activeElement)) {
      document.execCommand(action)
      return
    }
    if (isModal(document.activeElement)) return
    const answering = useCommands.getState().commands.filter((command) => command.menu === action)
    const able = answering.find(isEnabled)
    if (able) able.run()
    else sayNothingToDo(answering.at(-1))
  })
}
