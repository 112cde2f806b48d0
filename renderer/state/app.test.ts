import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { rememberLayout, restoreLayout, useApp } from './app'
import { initialLayout, nextScale, readLayout, SCALES } from './appLayout'

const stored = new Map<string, string>()
beforeEach(() => {
  stored.clear()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, text: string) => stored.set(key, text),
  })
  useApp.setState({ ...initialLayout, room: { narrow: false, low: false, wide: false }, spare: {} })
})
afterEach(() => vi.unstubAllGlobals())

const panels = () => {
  const { rail, inspectorOpen, dockOpen } = useApp.getState()
  return { rail, inspectorOpen, dockOpen }
}
const kept = () => readLayout([...stored.values()][0] ?? null)

it('closes what a small window has no room for and opens it again, without forgetting it between starts', () => {
  const end = rememberLayout()
  const { setRoom, openRail, toggleInspector } = useApp.getState()
  setRoom({ narrow: true, low: true, wide: false })
  expect(panels()).toEqual({ rail: null, inspectorOpen: false, dockOpen: false })
  openRail('data')
  toggleInspector()
  expect(panels()).toMatchObject({ rail: null, inspectorOpen: true })
  openRail('data')
  expect(panels()).toMatchObject({ rail: 'data', inspectorOpen: false })
  useApp.getState().setScale(200)
  expect(kept()).toEqual({ ...initialLayout, scale: 200 })
  setRoom({ narrow: false, low: true, wide: false })
  expect(panels()).toEqual({ rail: 'nodes', inspectorOpen: true, dockOpen: false })
  setRoom({ narrow: false, low: false, wide: false })
  expect(panels()).toEqual({ rail: 'nodes', inspectorOpen: true, dockOpen: true })
  end()
})

it('gives panels more room in a wide window, except one that the user has sized', () => {
  const { setRoom, resize } = useApp.getState()
  const wide = { narrow: false, low: false, wide: true }
  resize({ left: 230 })
  setRoom(wide)
  expect(useApp.getState().sizes).toEqual({ left: 230, right: 320, dock: 300 })
  setRoom({ ...wide, wide: false })
  expect(useApp.getState().sizes).toEqual({ left: 230, right: 276, dock: 250 })
})

it('takes up what the last start left, also from before there was a size or a choice of motion', () => {
  const { scale: _, motion: __, threads: ___, inspectorOpen: ____, ...old } = initialLayout
  stored.set('unroll.layout', JSON.stringify({ ...old, theme: 'dark' }))
  restoreLayout()
  expect(useApp.getState()).toMatchObject({ theme: 'dark', scale: 100, motion: 'system', inspectorOpen: true })
  stored.set('unroll.layout', JSON.stringify({ ...initialLayout, theme: 'dark', scale: 7, threads: 0 }))
  restoreLayout()
  expect(useApp.getState()).toMatchObject({ theme: 'dark', scale: 100, threads: null })
})

it('goes through the sizes step by step and stops at both ends', () => {
  const up = [80]
  for (let n = 0; n < 9; n++) up.push(nextScale(up.at(-1) ?? 0, 1))
  expect(up).toEqual([...SCALES, 200, 200])
  expect(nextScale(105, -1)).toBe(100)
  expect(nextScale(80, -1)).toBe(80)
})
