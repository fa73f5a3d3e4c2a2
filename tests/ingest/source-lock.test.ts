import { afterEach, beforeEach, expect, test } from 'vitest'
import { openWorkspace, workspaceOptions } from '#workspace'
import type { Workspace } from '#workspace'
import { COMPANY, makeProject, type Project } from './project.ts'

const YAML = `${COMPANY}
sources:
  crm: { connector: files, folder: data, files: [{ match: 'deals.csv', entity: deals, columns: { deal_id: id } }] }
  site: { connector: files, folder: data, files: [{ match: 'leads.csv', entity: deals, columns: { deal_id: id } }] }
`

let project: Project
let workspace: Workspace
beforeEach(async () => {
  project = makeProject(YAML, { 'deals.csv': 'id\n1\n', 'leads.csv': 'id\n2\n' })
  workspace = await openWorkspace(workspaceOptions(project.config(), {}))
})
afterEach(async () => {
  await workspace.close()
  project.dispose()
})

test('a source that another run reads for hours keeps nobody from the others', async () => {
  const { loads, failures } = await workspace.locks.withLock('sync crm', { owner: 'sync' }, () =>
    project.sync(),
  )
  expect(loads.map(({ source }) => source)).toEqual(['site'])
  expect(failures).toMatchObject([
    { source: 'crm', message: expect.stringContaining('Another run is at work') },
  ])
  expect((await project.sync()).failures).toEqual([])
  expect(await project.rows('select deal_id from all_files.deals order by 1')).toEqual([
    { deal_id: '1' },
    { deal_id: '2' },
  ])
})
