import type { Locator, Page } from '@playwright/test'

/** The first screen: goals with their samples, recent files, work to take up again. */
export class StartScreen {
  readonly heading: Locator
  readonly recovered: Locator

  constructor(readonly page: Page) {
    this.heading = page.getByRole('heading', { name: 'What should your model do?' })
    this.recovered = page.getByRole('region', { name: 'Recovered work' })
  }

  sample(title: string): Locator {
    return this.page.getByRole('button', { name: title, exact: true })
  }

  recents(): Locator {
    return this.page.getByRole('region', { name: 'Recent' }).getByRole('button')
  }

  recent(name: string): Locator {
    return this.recents().filter({ hasText: name })
  }

  /** Presses the button for a file; the dialog is the test's to answer. */
  async openFile(): Promise<void> {
    await this.page.getByRole('button', { name: 'Open a file' }).click()
  }

  async newModel(): Promise<void> {
    await this.page.getByRole('button', { name: 'New empty model' }).click()
  }
}
