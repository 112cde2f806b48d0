import { defineConfig } from '@playwright/test'
import base from '../playwright.config'

/**
 * Pictures for people to look at. `npm run screenshots`: every screen into test-results/screenshots; `npm run screenshots:readme`: the one
 * picture of the README, docs/editor.png.
 */
// biome-ignore lint/style/noDefaultExport: Playwright reads its configuration from there
export default defineConfig({
  ...base,
  testDir: '.',
  outputDir: '../test-results/screenshots-run',
  globalSetup: '../tools/endToEndSetup.mjs',
  projects: [
    { name: 'screens', testMatch: /screenshots\w*\.ts$/ },
    { name: 'readme', testMatch: 'readmePicture.ts' },
  ],
})
