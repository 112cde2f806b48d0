import { describe, expect, it } from 'vitest'
import { MENU_ACTIONS } from '../../electron/contract'
import { canvasCommands } from '../canvas/canvasCommands'
import { useCommands } from '../state/appCommands'
import { offerShellCommands } from './commands'

describe('the native menu', () => {
  it('asks for nothing that no command answers, and commands name nothing that it does not have', () => {
    const end = offerShellCommands()
    const commands = [...useCommands.getState().commands, ...canvasCommands]
    end()
    const answered = new Set(commands.flatMap(({ menu }) => menu ?? []))
    expect([...answered].sort()).toEqual([...MENU_ACTIONS].sort())
  })
})
