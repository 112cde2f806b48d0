import { nearestToMiddle } from './acts.mjs'

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('@playwright/test').CDPSession} Session */
/** @typedef {'drag' | 'pan' | 'zoom'} Gesture */

/** Milliseconds of a gesture, and from one movement of the pointer to the next (mice tell 125 a second). */
const DURATION = 2000
const BEAT = 8

/**
 * Frames drawn in a second while a person drags a card, moves the view (middle button) or zooms (wheel). Inputs go in at the browser's
 * door and do not wait for the page.
 *
 * @param {Page} page
 * @param {Gesture} gesture
 * @returns {Promise<number>}
 */
export async function framesPerSecond(page, gesture) {
  const session = await page.context().newCDPSession(page)
  try {
    const [middle] = await nearestToMiddle(page, gesture === 'drag' ? '.react-flow__node' : '.react-flow')
    if (!middle) throw new Error('there is nothing to take hold of')
    const hand = new Hand(session, gesture, middle)
    await hand.take()
    const counted = page.evaluate(countFrames, DURATION)
    await hand.moveFor(DURATION)
    const fps = await counted
    await hand.letGo()
    // A moved card is taken back, so that every round begins alike.
    if (gesture === 'drag') await page.keyboard.press('Control+z')
    return fps
  } finally {
    await session.detach()
  }
}

class Hand {
  #session
  #gesture
  #middle
  #button

  /** @param {Session} session @param {Gesture} gesture @param {{ x: number, y: number }} middle */
  constructor(session, gesture, middle) {
    this.#session = session
    this.#gesture = gesture
    this.#middle = middle
    this.#button = gesture === 'pan' ? /** @type {const} */ ('middle') : /** @type {const} */ ('left')
  }

  async take() {
    if (this.#gesture === 'zoom') return
    await this.#mouse('mouseMoved', 0, 0)
    await this.#mouse('mousePressed', 0, 0)
  }

  /** Round and round; a wheel in and out. @param {number} duration */
  async moveFor(duration) {
    const start = performance.now()
    /** @type {Promise<unknown>[]} */
    const sent = []
    for (let elapsed = 0; elapsed < duration; elapsed = performance.now() - start) {
      const angle = (elapsed / duration) * 4 * Math.PI
      sent.push(
        this.#gesture === 'zoom'
          ? this.#wheel(angle)
          : this.#mouse('mouseMoved', 80 * Math.sin(angle), 40 - 40 * Math.cos(angle)),
      )
      await new Promise((resolve) => setTimeout(resolve, BEAT))
    }
    await Promise.all(sent)
  }

  async letGo() {
    if (this.#gesture !== 'zoom') await this.#mouse('mouseReleased', 0, 0)
  }

  /** Two fingers coming together or apart, which a browser tells as a wheel with Ctrl. @param {number} angle */
  #wheel(angle) {
    const deltaY = Math.sin(angle) > 0 ? 8 : -8
    return this.#session.send('Input.dispatchMouseEvent', {
      type: 'mouseWheel',
      ...this.#middle,
      modifiers: 2,
      deltaX: 0,
      deltaY,
    })
  }

  /** @param {'mouseMoved' | 'mousePressed' | 'mouseReleased'} type @param {number} x from where it began @param {number} y */
  #mouse(type, x, y) {
    const place = { x: this.#middle.x + x, y: this.#middle.y + y }
    const isDown = type !== 'mouseReleased'
    const buttons = isDown ? (this.#button === 'middle' ? 4 : 1) : 0
    return this.#session.send('Input.dispatchMouseEvent', {
      type,
      ...place,
      button: this.#button,
      buttons,
      clickCount: 1,
    })
  }
}

/** Runs in the page. @param {number} duration milliseconds @returns {Promise<number>} */
function countFrames(duration) {
  return new Promise((resolve) => {
    let frames = 0
    let start = Number.NaN
    const frame = (/** @type {number} */ now) => {
      if (Number.isNaN(start)) start = now
      else frames++
      if (now - start < duration) requestAnimationFrame(frame)
      else resolve((1000 * frames) / (now - start))
    }
    requestAnimationFrame(frame)
  })
}

/** Waits until the view has stopped moving. @param {Page} page */
export async function settled(page) {
  await page.evaluate(async () => {
    const place = () => document.querySelector('.react-flow__viewport')?.getAttribute('style') ?? ''
    let before = ''
    let still = 0
    while (still < 20) {
      await new Promise(requestAnimationFrame)
      still = place() === before ? still + 1 : 0
      before = place()
    }
  })
}
