import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { MENU_ACTIONS, type MenuAction, type RecentFile } from './contract'
import { type MenuState, menuTemplate } from './menuTemplate'

function all(items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] {
  return items.flatMap((one) => [one, ...(Array.isArray(one.submenu) ? all(one.submenu) : [])])
}

function menu(more: Partial<MenuState> = {}): MenuItemConstructorOptions[] {
  const nothing = (): void => {}
  const state = { history: { undo: null, redo: null }, recents: [], isMac: false, act: nothing, openRecent: nothing }
  return menuTemplate({ ...state, ...more })
}

describe('the native menu', () => {
  it('has one item for everything that it can ask for', () => {
    const asked: MenuAction[] = []
    const items = all(menu({ act: (action) => asked.push(action) }))
    for (const { id, click } of items) if (id !== undefined) Reflect.apply(click ?? (() => {}), null, [])
    expect([...asked].sort()).toEqual([...MENU_ACTIONS].sort())
    expect(items.flatMap(({ id }) => id ?? []).sort()).toEqual([...MENU_ACTIONS].sort())
  })

  it('gives no key twice, and registers none: the page owns them', () => {
    const keyed = all(menu()).filter(({ accelerator }) => accelerator !== undefined)
    const keys = keyed.map(({ accelerator }) => accelerator)
    expect(new Set(keys).size).toBe(keys.length)
    expect(keyed.every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true)
    const letters = menu().map(({ label = '' }) => /&(.)/.exec(label)?.[1])
    expect(new Set(letters).size).toBe(letters.length)
  })

  it('shows no key on macOS that types a letter', () => {
    const keys = all(menu({ isMac: true })).flatMap(({ accelerator }) => accelerator ?? [])
    expect(keys).toContain('F2')
    expect(keys).not.toContain('N')
    expect(keys).not.toContain('Alt+C')
  })

  it('names what undo and redo are about, with ampersands as they are', () => {
    const history = { undo: 'Rename Dense to A & B', redo: 'x'.repeat(80) }
    const labels = all(menu({ history })).map(({ label }) => label)
    expect(labels).toContain('Undo Rename Dense to A && B')
    expect(labels).toContain(`Redo ${'x'.repeat(55)}…`)
  })

  it('lists the recent files', () => {
    const opened: string[] = []
    const file: RecentFile = { path: '/d/rain.unroll', name: 'rain.unroll', folder: '/d' }
    const recent = (recents: RecentFile[]) =>
      all(menu({ recents, openRecent: (path) => opened.push(path) })).find(({ label }) => label === 'Open recent')
    expect(recent([])?.enabled).toBe(false)
    const [entry] = all([recent([file]) ?? {}]).slice(1)
    expect(entry).toMatchObject({ label: 'rain.unroll', sublabel: '/d' })
    Reflect.apply(entry?.click ?? (() => {}), null, [])
    expect(opened).toEqual(['/d/rain.unroll'])
  })
})
