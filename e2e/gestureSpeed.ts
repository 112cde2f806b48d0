/** What a person does with the pointer, made in the page itself: one event for every frame that the browser draws. */
export type Gesture = 'drag' | 'pan' | 'zoom'

/** Functions that run in the page: they may use nothing from outside. */
export const gestureInPage = {
  /** True when the view has stopped moving. */
  async settled(): Promise<boolean> {
    const viewport = document.querySelector<HTMLElement>('.react-flow__viewport')
    const before = viewport?.style.transform
    for (let frame = 0; frame < 20; frame++) await new Promise(requestAnimationFrame)
    return viewport?.style.transform === before
  },

  /** Frames drawn in a second, and milliseconds of script that one event costs. */
  async run(gesture: Gesture): Promise<{ fps: number; work: number }> {
    const FRAMES = 60
    const canvas = document.querySelector('.react-flow')
    const pane = document.querySelector('.react-flow__pane')
    if (!canvas || !pane) throw new Error('there is no canvas')
    const box = canvas.getBoundingClientRect()
    const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 }
    const cards = [...document.querySelectorAll('.react-flow__node')]
    const distance = (element: Element): number => {
      const { left, top } = element.getBoundingClientRect()
      return Math.hypot(left - middle.x, top - middle.y)
    }
    const card = cards.sort((a, b) => distance(a) - distance(b))[0]
    const place = card?.getBoundingClientRect()
    const start = gesture === 'drag' && place ? { x: place.left + 4, y: place.top + 4 } : middle
    const target = gesture === 'drag' ? card : pane
    const fire = (on: EventTarget, type: string, x: number, y: number): void => {
      const button = gesture === 'pan' ? 1 : 0
      on.dispatchEvent(
        new MouseEvent(type, { view: window, bubbles: true, cancelable: true, clientX: x, clientY: y, button }),
      )
    }
    const move = (index: number): void => {
      const angle = (index / FRAMES) * 4 * Math.PI
      const x = start.x + 80 * Math.sin(angle)
      const y = start.y + 40 * (1 - Math.cos(angle))
      if (gesture === 'zoom') {
        const deltaY = Math.sin(angle) > 0 ? 12 : -12
        pane.dispatchEvent(
          new WheelEvent('wheel', { view: window, bubbles: true, cancelable: true, deltaY, clientX: x, clientY: y }),
        )
      } else fire(window, 'mousemove', x, y)
    }
    if (gesture !== 'zoom' && target) fire(target, 'mousedown', start.x, start.y)
    await new Promise(requestAnimationFrame)
    let work = 0
    const begin = performance.now()
    for (let index = 1; index <= FRAMES; index++) {
      const before = performance.now()
      move(index)
      await Promise.resolve()
      work += performance.now() - before
      await new Promise(requestAnimationFrame)
    }
    const seconds = (performance.now() - begin) / 1000
    if (gesture !== 'zoom') fire(window, 'mouseup', start.x, start.y)
    await new Promise(requestAnimationFrame)
    return { fps: FRAMES / seconds, work: work / FRAMES }
  },
}
