import { afterAll, beforeAll, describe } from 'vitest'
import { openWorkspace, type Workspace } from '#workspace'
import { testDatabases } from './databases.ts'
import { peopleSuite } from './people-suite.ts'
import { planSuite } from './plan-suite.ts'
import { runSuite } from './run-suite.ts'
import { workSuite } from './work-suite.ts'

/** A fresh workspace and its clock, which stands still until the test moves it. */
export type Bench = { readonly workspace: Workspace; readonly clock: { now: Date } }

for (const database of testDatabases()) {
  const note = database.skip === null ? '' : ` (skipped: ${database.skip})`
  describe.skipIf(database.skip !== null)(`a workspace in ${database.kind}${note}`, () => {
    const opened: Workspace[] = []
    const bench = async (): Promise<Bench> => {
      const clock = { now: new Date('2026-03-01T10:00:00.000Z') }
      const workspace = await openWorkspace({ ...(await database.fresh()), env: {}, now: () => clock.now })
      opened.push(workspace)
      return { workspace, clock }
    }
    beforeAll(() => database.start())
    afterAll(async () => {
      await Promise.all(opened.map((workspace) => workspace.close()))
      database.stop()
    })
    peopleSuite(bench)
    workSuite(bench)
    planSuite(bench)
    runSuite(bench)
  })
}
