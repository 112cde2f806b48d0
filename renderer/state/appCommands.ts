import { create } from 'zustand'
import type { MenuAction } from '../../electron/contract'

/** Where a command stands in the palette and in the list of keys. */
export const COMMAND_GROUPS = ['File', 'Edit', 'Canvas', 'Run', 'View', 'Help'] as const
export type CommandGroup = (typeof COMMAND_GROUPS)[number]

/**
 * Something the user can do without pointing at it: shown in the command palette and in the list of keys, run by its keys and by
 * the native menu. Any part of the window offers its own with `offerCommands`.
 */
export interface AppCommand {
  /** Stable and dotted: "canvas.fit". */
  id: string
  /** A verb first, as in a menu: "Fit the model into view". A function where it follows the state: "Undo Move LSTM". */
  label: string | (() => string)
  group: CommandGroup
  /** Chords such as "Mod+Shift+Z", "Delete", "?"; Mod is Ctrl, and Cmd on macOS. The first one is shown. */
  keys?: readonly string[]
  /** Keys that the window answers by itself, such as Ctrl+C: shown like `keys`, but not dispatched. */
  nativeKeys?: readonly string[]
  /** Also found under these words. */
  keywords?: readonly string[]
  /** The native menu item that does the same. */
  menu?: MenuAction
  /**
   * True when the keys work while a text field has the focus (Ctrl+S). Otherwise typing wins, and the field's own undo, copy
   * and delete stay as people know them.
   */
  whileTyping?: boolean
  /** True when the keys work while a dialog is open too. */
  inDialogs?: boolean
  /** False hides it from the palette: it only makes sense with its key ("move the selection left"). */
  inPalette?: boolean
  /** Looked at when needed; absent: always. */
  enabled?: () => boolean
  run(): void
}

interface CommandStore {
  commands: readonly AppCommand[]
}

export const useCommands = create<CommandStore>()(() => ({ commands: [] }))

/** Adds commands while a part of the window is mounted; returns what takes them away again (an effect's clean-up). */
export function offerCommands(commands: readonly AppCommand[]): () => void {
  useCommands.setState((state) => ({ commands: [...state.commands, ...commands] }))
  return () => {
    useCommands.setState((state) => ({ commands: state.commands.filter((one) => !commands.includes(one)) }))
  }
}

/** The chords to show beside a command. */
export function shownKeys({ keys, nativeKeys }: AppCommand): readonly string[] {
  return keys ?? nativeKeys ?? []
}

export function isEnabled(command: AppCommand): boolean {
  return command.enabled === undefined || command.enabled()
}

export function labelOf(command: AppCommand): string {
  return typeof command.label === 'function' ? command.label() : command.label
}

/** Runs a command by id; does nothing when it is absent or has nothing to do. Returns whether it ran. */
export function runCommand(id: string): boolean {
  const command = useCommands.getState().commands.find((one) => one.id === id)
  if (!command || !isEnabled(command)) return false
  command.run()
  return true
}
