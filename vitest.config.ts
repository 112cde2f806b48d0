import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic' } },
  test: {
    include: [
      'engine/**/*.test.ts',
      'electron/**/*.test.ts',
      'renderer/**/*.test.{ts,tsx}',
      'samples/**/*.test.ts',
      'tools/**/*.test.{ts,mjs}',
    ],
    environment: 'node',
    // Processes, not threads: engine tests set V8 flags and start worker threads of their own.
    pool: 'forks',
    testTimeout: 30_000,
    restoreMocks: true,
    snapshotFormat: { printBasicPrototype: false },
  },
})
