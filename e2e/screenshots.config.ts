import { defineConfig } from '@playwright/test'
import base from '../playwright.config'

/** `npm run screenshots`: pictures of every screen into test-results/screenshots, for people to look at. */
// biome-ignore lint/style/noDefaultExport: Playwright reads its configuration from there
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: 'screenshots.ts',
  outputDir: '../test-results/screenshots-run',
  globalSetup: '../tools/endToEndSetup.mjs',
})
