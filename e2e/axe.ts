import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'

/** What axe finds, a line each: rule, place, reason. */
export async function violations(page: Page): Promise<string[]> {
  // Electron cannot open the extra page that axe's newer way of collecting its results needs.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return found.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help} – ${node.target.join(' ')}`))
}
