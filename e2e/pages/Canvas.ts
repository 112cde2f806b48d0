import { expect, type Locator, type Page } from '@playwright/test'

export interface Point {
  x: number
  y: number
}

/** The model as cards and wires. */
export class Canvas {
  readonly region: Locator
  /** What a screen reader is told of the last act. */
  readonly announcement: Locator

  constructor(readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Canvas' })
    this.announcement = this.region.locator('[aria-live]').last()
  }

  /** A card by its title. */
  node(title: string): Locator {
    return this.region.getByRole('group', { name: title, exact: true })
  }

  nodes(): Locator {
    return this.region.locator('[aria-roledescription="node"]')
  }

  wire(from: string, to: string): Locator {
    return this.region.getByRole('button', { name: new RegExp(`^Wire from ${from} to ${to}(:|$)`) })
  }

  wires(): Locator {
    return this.region.locator('[aria-roledescription="wire"]')
  }

  output(title: string): Locator {
    return this.node(title).getByRole('button', { name: `${title} gives` })
  }

  input(title: string): Locator {
    return this.node(title).getByRole('button', { name: `${title} takes` })
  }

  /** A point of the screen near the canvas' corner, where nothing stands. */
  async cornerPoint(): Promise<Point> {
    const box = await this.region.boundingBox()
    return { x: (box?.x ?? 0) + 120, y: (box?.y ?? 0) + 60 }
  }

  async select(title: string): Promise<void> {
    await this.node(title).getByText(title, { exact: true }).click()
  }

  /** Drags from the output of one card to the input, or an output, of another. */
  async drawWire(from: string, to: string, side: 'input' | 'output' = 'input'): Promise<void> {
    const target = side === 'input' ? this.input(to) : this.output(to)
    await this.drag(await middle(this.output(from)), await middle(target))
  }

  /** Drags from the middle of something by so many pixels of the screen. */
  async dragFrom(what: Locator, by: Point): Promise<void> {
    const start = await middle(what)
    await this.drag(start, { x: start.x + by.x, y: start.y + by.y })
  }

  /** Drags a card by so many pixels of the screen. */
  async move(title: string, by: Point): Promise<void> {
    const start = await middle(this.node(title).getByText(title, { exact: true }))
    await this.drag(start, { x: start.x + by.x, y: start.y + by.y })
  }

  async place(title: string): Promise<Point> {
    const box = await this.node(title).boundingBox()
    expect(box, `${title} is drawn`).not.toBeNull()
    return { x: Math.round(box?.x ?? 0), y: Math.round(box?.y ?? 0) }
  }

  /** Opens the menu of a card. */
  async openMenu(title: string): Promise<void> {
    await this.node(title).getByText(title, { exact: true }).click({ button: 'right' })
    await expect(this.page.getByRole('menu')).toBeVisible()
  }

  /** The middle of a card, on the screen, once it is at rest. */
  async middleOf(title: string): Promise<Point> {
    return middle(this.node(title))
  }

  /** Where a card stands on the sheet, from the corner of its frame. */
  async positionOf(title: string): Promise<number[]> {
    const style = await this.node(title).getAttribute('style')
    const [, x = '', y = ''] = /translate\(([-\d.]+)px,\s*([-\d.]+)px\)/.exec(style ?? '') ?? []
    return [Number(x), Number(y)]
  }

  /** A point of a wire on the screen; 0: where it begins, 1: where it ends. */
  async alongWire(from: string, to: string, share: number): Promise<Point> {
    const line = this.wire(from, to).locator('path').last()
    await middle(line)
    return line.evaluate((path: SVGPathElement, part) => {
      const matrix = path.getScreenCTM()
      const point = path.getPointAtLength(path.getTotalLength() * part).matrixTransform(matrix ?? undefined)
      return { x: point.x, y: point.y }
    }, share)
  }

  /** Where the end of a wire is taken hold of: it shows once the pointer is on the wire. */
  async grip(from: string, to: string, which: 'beginning' | 'end'): Promise<Point> {
    const { x, y } = await this.alongWire(from, to, 0.5)
    await this.page.mouse.move(x, y)
    return middle(this.wire(from, to).locator(`[data-grip="${which === 'end' ? 'input' : 'output'}"]`))
  }

  /** Drags an end of a wire to a socket, or by so many pixels of the screen. */
  async moveEnd(from: string, to: string, which: 'beginning' | 'end', target: Locator | Point): Promise<void> {
    const start = await this.grip(from, to, which)
    const goal = 'x' in target ? { x: start.x + target.x, y: start.y + target.y } : await middle(target)
    await this.drag(start, goal)
  }

  /** Waits until something glides, and says which properties of cards and wires the browser then moves. */
  watchGlide(): Promise<string[]> {
    return this.region.evaluate(async (canvas: HTMLElement) => {
      const until = performance.now() + 10_000
      while (performance.now() < until) {
        await new Promise(requestAnimationFrame)
        if (canvas.dataset.gliding !== 'true') continue
        const running = canvas.getAnimations({ subtree: true }).flatMap((one) => {
          return one instanceof CSSTransition ? [one.transitionProperty] : []
        })
        const moved = [...new Set(running)].filter((property) => property === 'd' || property === 'transform').sort()
        if (moved.length === 2) return moved
      }
      return []
    })
  }

  /** Drags from one point of the screen to another. */
  async drag(from: Point, to: Point): Promise<void> {
    const { mouse } = this.page
    await mouse.move(from.x, from.y)
    await mouse.down()
    // In steps: dragging begins only once the pointer has moved a little.
    await mouse.move((from.x + to.x) / 2, (from.y + to.y) / 2, { steps: 4 })
    await mouse.move(to.x, to.y, { steps: 4 })
    await mouse.up()
  }
}

/** Middle of something that has come to rest: a view that is still moving would carry it away under the pointer. */
async function middle(locator: Locator): Promise<Point> {
  let before = await locator.boundingBox()
  await expect
    .poll(
      async () => {
        const now = await locator.boundingBox()
        const atRest = now !== null && before !== null && now.x === before.x && now.y === before.y
        before = now
        return atRest
      },
      { intervals: [50], message: `${locator} is drawn and at rest` },
    )
    .toBe(true)
  if (before === null) throw new Error(`${locator} is not drawn`)
  return { x: before.x + before.width / 2, y: before.y + before.height / 2 }
}
