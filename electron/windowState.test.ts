import { describe, expect, it } from 'vitest'
import { DEFAULT_WINDOW, placeOnScreens, type WindowState, windowStateSchema } from './windowState'

const laptop = { x: 0, y: 25, width: 1440, height: 875 }
const beside = { x: 1440, y: 0, width: 1920, height: 1080 }

function at(x: number, y: number): WindowState {
  return { x, y, width: 1280, height: 800, maximized: false }
}

describe('place of the window', () => {
  it('is the remembered one while it is on a screen', () => {
    expect(placeOnScreens(at(100, 60), [laptop])).toEqual(at(100, 60))
    expect(placeOnScreens(at(1500, 10), [laptop, beside])).toEqual(at(1500, 10))
  })

  it('may hang over an edge as long as its title bar can be grabbed', () => {
    expect(placeOnScreens(at(-1100, 60), [laptop])).toEqual(at(-1100, 60))
    expect(placeOnScreens(at(1300, 60), [laptop])).toEqual(at(1300, 60))
  })

  it.each([
    ['on a screen that was unplugged', at(1500, 10)],
    ['left of every screen', at(-1250, 60)],
    ['with the title bar above the screen', at(100, -40)],
    ['below the screen', at(100, 890)],
  ])('is left to the system when it was %s', (_where, state) => {
    expect(placeOnScreens(state, [laptop])).toEqual({ width: 1280, height: 800, maximized: false })
  })

  it('keeps size and maximised state without a place', () => {
    expect(placeOnScreens({ ...DEFAULT_WINDOW, maximized: true }, [laptop])).toEqual({
      ...DEFAULT_WINDOW,
      maximized: true,
    })
  })
})

describe('remembered window', () => {
  it('takes what the app writes', () => {
    expect(windowStateSchema.safeParse(at(-8, 0)).success).toBe(true)
    expect(windowStateSchema.safeParse(DEFAULT_WINDOW).success).toBe(true)
  })

  it.each([
    { width: 10, height: 800, maximized: false },
    { width: 1280, height: 1e9, maximized: false },
    { width: 1280.5, height: 800, maximized: false },
    { x: Number.NaN, y: 0, width: 1280, height: 800, maximized: false },
    { width: 1280, height: 800 },
    null,
  ])('refuses %j', (state) => {
    expect(windowStateSchema.safeParse(state).success).toBe(false)
  })
})
