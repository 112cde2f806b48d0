import { describe, expect, it } from 'vitest'
import { type Scroll, TouchpadSense } from './touchpad'

const scroll = (timeStamp: number, changes: Partial<Scroll>): Scroll => ({
  deltaX: 0,
  deltaY: 0,
  deltaMode: 0,
  timeStamp,
  ...changes,
})

describe('TouchpadSense', () => {
  it.each([
    ['a notch', { deltaY: 100, wheelDeltaY: -120 }, false],
    ['a slow notch of a Mac, told as one', { deltaY: 4.000244140625, wheelDeltaY: -120 }, false],
    ['a notch in lines', { deltaY: 3, deltaMode: 1 }, false],
    ['large steps', { deltaY: -200, wheelDeltaY: 200 }, false],
    ['fingers that start slowly', { deltaY: 2, wheelDeltaY: -6 }, true],
    ['fingers sideways', { deltaX: 7, wheelDeltaY: 0 }, true],
  ])('knows %s', (_, first, touchpad) => {
    expect(new TouchpadSense().sense(scroll(0, first))).toBe(touchpad)
  })

  it('judges a movement by its beginning, and anew after a pause', () => {
    const sense = new TouchpadSense()
    expect(sense.sense(scroll(0, { deltaY: 1.5, wheelDeltaY: -4 }))).toBe(true)
    expect(sense.sense(scroll(100, { deltaY: 80, wheelDeltaY: -240 }))).toBe(true)
    expect(sense.sense(scroll(900, { deltaY: 100, wheelDeltaY: -120 }))).toBe(false)
    expect(sense.sense(scroll(950, { deltaY: 10, wheelDeltaY: -30 }))).toBe(false)
  })
})
