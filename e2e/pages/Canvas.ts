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

  async select(title: string): Promise<void> {
    await this.node(title).getByText(title, { exact: true }).click()
  }

  /** Drags a wire from the output of one card to the input of another. */
  async drawWire(from: string, to: string): Promise<void> {
    await this.drag(await middle(this.output(from)), await middle(this.input(to)))
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

  private async drag(from: Point, to: Point): Promise<void> {
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
