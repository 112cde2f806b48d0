import { expect, type Locator, type Page } from '@playwright/test'

type Tab = 'Overview' | 'Loss' | 'Gates' | 'Compare' | 'Plan' | 'Problems'

/** Charts and problems below the canvas. */
export class Dock {
  readonly region: Locator
  readonly problems: Locator

  constructor(readonly page: Page) {
    this.region = page.getByRole('region', { name: 'Charts' })
    this.problems = this.region.getByRole('list', { name: 'Problems' }).getByRole('listitem')
  }

  async show(tab: Tab): Promise<void> {
    await this.region.getByRole('tab', { name: tab }).click()
    await expect(this.region.getByRole('tab', { name: tab })).toHaveAttribute('aria-selected', 'true')
  }

  chart(subject: 'Loss' | 'Gates' | 'Result'): Locator {
    return this.region.getByRole('figure', { name: new RegExp(`^${subject}\\b`) })
  }

  /** What a chart says now: "Loss: training 0.11, validation 0.12, same as today 0.16" → numbers by name. */
  async reading(subject: 'Loss' | 'Gates' | 'Result'): Promise<ReadonlyMap<string, number>> {
    const label = (await this.chart(subject).getAttribute('aria-label')) ?? ''
    const parts = label.slice(label.indexOf(':') + 1).split(',')
    return new Map(
      parts.flatMap((part) => {
        const found = /^\s*(.+?)\s+(-?\d[\d.e-]*)/.exec(part)
        return found ? [[found[1] ?? '', Number(found[2])] as const] : []
      }),
    )
  }

  /** One number of a chart, NaN while it is not there; for `expect.poll`. */
  async value(subject: 'Loss' | 'Gates' | 'Result', name: string): Promise<number> {
    return (await this.reading(subject)).get(name) ?? Number.NaN
  }

  /** True once something is drawn in the chart: its plot is there, shown, and has pixels that are not empty. */
  hasInk(subject: 'Loss' | 'Gates'): Promise<boolean> {
    return this.chart(subject)
      .locator('canvas')
      .first()
      .evaluate((canvas) => {
        if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0) return false
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? []
        return pixels.some((value, index) => index % 4 === 3 && value > 0)
      })
  }
}
