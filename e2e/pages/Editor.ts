import { expect, type Locator, type Page } from '@playwright/test'
import { Canvas } from './Canvas'
import { Dock } from './Dock'
import { Inspector } from './Inspector'

type Button = 'Train' | 'Pause' | 'Resume' | 'Step' | 'Stop, keep best' | 'Undo' | 'Redo'

/** The working screen: top bar, panels around the canvas, charts below. */
export class Editor {
  readonly canvas: Canvas
  readonly inspector: Inspector
  readonly dock: Dock
  readonly palette: Locator
  /** The message over the canvas about the last run. */
  readonly notice: Locator
  /** Messages in the corner: what was saved, what could not be opened. */
  readonly messages: Locator
  readonly progress: Locator
  readonly dialog: Locator

  constructor(readonly page: Page) {
    this.canvas = new Canvas(page)
    this.inspector = new Inspector(page)
    this.dock = new Dock(page)
    this.palette = page.getByRole('complementary', { name: 'Panel' })
    this.notice = page.getByRole('main').locator('section[data-tone]')
    this.messages = page.locator('.mantine-Notification-root')
    this.progress = page.getByRole('progressbar', { name: 'Training progress' })
    this.dialog = page.getByRole('dialog')
  }

  button(name: Button): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  async press(name: Button): Promise<void> {
    await this.button(name).click()
  }

  /** True when the canvas shows a model and its data are read. */
  async ready(): Promise<void> {
    // Until the data are read, their late answer would change what was clicked meanwhile.
    await expect(this.canvas.region).toHaveAttribute('aria-busy', 'false')
    await expect(this.button('Train')).toBeEnabled()
  }

  /** The name at the left of the top bar; it says so when there are unsaved changes. */
  documentName(): Locator {
    return this.page.getByRole('banner').getByRole('button').first()
  }

  async addFromPalette(title: string): Promise<void> {
    await this.palette.getByRole('button', { name: title, exact: true }).click()
  }

  /** Drags a node type from the palette to a point of the screen. */
  async dragFromPalette(title: string, to: { x: number; y: number }): Promise<void> {
    const entry = this.palette.getByRole('button', { name: title, exact: true })
    await entry.scrollIntoViewIfNeeded()
    const box = await entry.boundingBox()
    if (box === null) throw new Error(`${title} is not in the palette`)
    const { mouse } = this.page
    await mouse.move(box.x + box.width / 2, box.y + box.height / 2)
    await mouse.down()
    await mouse.move(to.x - 20, to.y, { steps: 5 })
    await mouse.move(to.x, to.y, { steps: 3 })
    await mouse.up()
  }

  /** Clicks the empty canvas, so that nothing is selected and no field has the keys. */
  async deselect(): Promise<void> {
    await this.page.locator('.react-flow__pane').click({ position: { x: 12, y: 12 } })
    await expect(this.inspector.region.getByRole('region', { name: 'Model in figures' })).toBeVisible()
  }

  /** Waits for the end of a run, which the notice over the canvas tells. */
  async runEnds(): Promise<void> {
    await expect(this.notice).toBeVisible({ timeout: 45_000 })
  }

  async closeNotice(): Promise<void> {
    await this.notice.getByRole('button', { name: 'Close' }).click()
    await expect(this.notice).toBeHidden()
  }

  async setTheme(theme: 'Light' | 'Dark'): Promise<void> {
    await this.page.getByRole('button', { name: 'Theme' }).click()
    await this.page.getByRole('menuitem', { name: theme }).click()
    await expect(this.page.locator('html')).toHaveAttribute('data-theme', theme.toLowerCase())
  }
}
