import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import type { DemoSummary } from '#demo'
import { createMiniature } from '../demo/company.ts'
import { startRemote } from './bitrix24-remote.ts'
import { streamOf } from './conformance.ts'
import { createLanding, land } from './landing.ts'

let company: DemoSummary

beforeAll(async () => {
  company = await createMiniature()
})

const disturbance = fc.record({
  stream: fc.constantFrom('deals', 'calls', 'stage_history', 'activities'),
  rateLimitEvery: fc.option(fc.integer({ min: 2, max: 5 }), { nil: undefined }),
  expireTokenEvery: fc.option(fc.integer({ min: 3, max: 6 }), { nil: undefined }),
  hangUpEvery: fc.option(fc.integer({ min: 3, max: 7 }), { nil: undefined }),
  repeatsBorder: fc.boolean(),
  kills: fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 3 }),
})

// A failure prints the seed and the smallest disturbance that breaks it.
test('lands the same rows under any mix of faults and kills', { timeout: 600_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(disturbance, async ({ stream: name, kills, ...faults }) => {
      const remote = await startRemote(company, { auth: 'oauth' })
      try {
        const given = Object.entries(faults).filter(([, value]) => value !== undefined)
        Object.assign(remote.crm.faults, Object.fromEntries(given))
        const landing = createLanding()
        for (const killAfter of [...kills, Infinity]) {
          const session = await remote.session()
          await land(session, streamOf(session, name), { into: landing, killAfter })
        }
        expect([...landing.rows.keys()].sort()).toEqual([...remote.keys(name)].sort())
      } finally {
        await remote.close()
      }
    }),
    { numRuns: process.env['EMBUT_LONG'] === '1' ? 100 : 12 },
  )
})
