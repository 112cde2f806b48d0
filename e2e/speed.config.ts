import { defineConfig } from '@playwright/test'
import base from '../playwright.config'

/** `npm run bench:canvas`: how fast the window answers with a large model. Figures for people to read; nothing fails for being slow. */
// biome-ignore lint/style/noDefaultExport: Playwright reads its configuration from there
export default defineConfig({
  ...base,
  testDir: '.',
  testMatch: 'canvasSpeed.ts',
  retries: 0,
  timeout: 300_000,
  outputDir: '../test-results/speed-run',
  globalSetup: '../tools/endToEndSetup.mjs',
  use: {},
})
