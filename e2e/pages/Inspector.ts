import type { Locator, Page } from '@playwright/test'

/** The right panel: settings of what is selected, or of the model and its training. */
export class Inspector {
  readonly region: Locator
  readonly heading: Locator

  constructor(readonly page: Page) {
    this.region = page.getByRole('complementary', { name: 'Inspector' })
    this.heading = this.region.getByRole('heading', { level: 2 })
  }

  /** A setting's field by its label. */
  field(label: string): Locator {
    return this.region.getByLabel(label, { exact: true })
  }

  async set(label: string, value: string): Promise<void> {
    await this.field(label).fill(value)
    await this.field(label).blur()
  }
}
