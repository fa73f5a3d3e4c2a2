import { defineConfig } from 'vitest/config'

// `bin/test.mjs` runs all suites and prints the time of each.
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    env: { TZ: 'UTC' },
  },
})
