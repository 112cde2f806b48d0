/** What of a wheel event tells a mouse from a touchpad. */
export interface Scroll {
  deltaX: number
  deltaY: number
  /** 0: pixels; a mouse may count lines or pages. */
  deltaMode: number
  /** In the browser's older unit: 120 for each notch of a mouse; absent where a browser has none. */
  wheelDeltaY?: number
  timeStamp: number
}

/** Milliseconds without an event after which another movement begins. */
const PAUSE = 250
/** Pixels: a notch moves at least so far at once, fingers begin with less. */
const NOTCH = 50

/**
 * Tells two fingers on a touchpad from the wheel of a mouse; browsers do not say. A movement is judged by its first event: notches
 * come in whole, large steps straight up or down, fingers start slowly and hardly ever quite straight.
 */
export class TouchpadSense {
  #last = Number.NEGATIVE_INFINITY
  #touchpad = false

  /** True: the event belongs to fingers on a touchpad. */
  sense(scroll: Scroll): boolean {
    if (scroll.timeStamp - this.#last > PAUSE) this.#touchpad = startsByTouch(scroll)
    // Sideways is something only few wheels can do, and never by a notch of the common one.
    else if (scroll.deltaX !== 0 && scroll.deltaY !== 0) this.#touchpad = true
    this.#last = scroll.timeStamp
    return this.#touchpad
  }
}

function startsByTouch({ deltaX, deltaY, deltaMode, wheelDeltaY = 0 }: Scroll): boolean {
  if (deltaMode !== 0) return false
  if (deltaX !== 0) return true
  const notches = wheelDeltaY !== 0 && wheelDeltaY % 120 === 0
  return !notches && Math.abs(deltaY) < NOTCH
}
