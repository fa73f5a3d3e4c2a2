import { defineConfig } from 'vitest/config'

// One project per suite: `bin/test.mjs` runs them one after another and prints the time of each.
export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    env: { TZ: 'UTC' },
  },
})
