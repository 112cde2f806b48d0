import { defineConfig } from '@playwright/test'

/** End-to-end tests drive the built app in real Electron, one window at a time. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './tools/endToEndSetup.mjs',
  workers: 1,
  // A second try is named in the report as flaky; the count of passed tests does not hide it.
  retries: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  reporter: [['list']],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure' },
})
