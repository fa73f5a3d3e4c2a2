import { afterAll, beforeAll } from 'vitest'
import { accessSuite } from './access-suite.ts'
import { closedSuite } from './closed-suite.ts'
import { customSuite } from './custom-suite.ts'
import { openCompany, type Company } from './company.ts'
import { oneOfEachSuite } from './one-of-each-suite.ts'
import { packSuite } from './pack-suite.ts'
import { planSuite } from './plan-suite.ts'
import { portalSuite } from './portal-suite.ts'
import { scopeSuite } from './scope-suite.ts'
import { segmentSuite } from './segment-suite.ts'

// One company is made and served for all that is asked of it here.
let company: Company
beforeAll(async () => {
  company = await openCompany()
}, 300_000)
afterAll(() => company?.close())

const served = (): Company => company
closedSuite(served)
portalSuite(served)
accessSuite(served)
oneOfEachSuite(served)
segmentSuite(served)
scopeSuite(served)
packSuite(served)
// The build that brings a custom field brings the plan too.
planSuite(served, () => customSuite(served))
