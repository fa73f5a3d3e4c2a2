import { afterEach, expect, test } from 'vitest'
import { COMPANY, makeProject, type Project } from './project.ts'

const YAML = `${COMPANY}sources:
  shop:
    connector: files
    folder: data
    files:
      - { match: '*.csv', entity: deals, columns: { deal_id: id, title: title, source: source } }
`

let project: Project
afterEach(() => project.dispose())

async function land(lines: readonly string[]): Promise<void> {
  project = makeProject(YAML, { 'deals.csv': `id,title,source\n${lines.join('\n')}\n` })
  expect((await project.sync()).failures).toEqual([])
}
const titles = () => project.rows('select deal_id, title from raw_shop.deals order by deal_id')
const unused = () => project.rows('select line::int as line from raw_embut.quarantine order by line')

test('a quote that nobody closes harms its own line only', async () => {
  await land(['1,One,web', '2,"Two,web', '3,Three,web', '4,"Fo""ur",web'])
  expect(await titles()).toEqual([
    { deal_id: '1', title: 'One' },
    { deal_id: '3', title: 'Three' },
    { deal_id: '4', title: 'Fo"ur' },
  ])
  expect(await unused()).toEqual([{ line: 3 }])
})

test('a cell that goes on after its quote harms its own line only, and cells over several lines stay whole', async () => {
  await land([
    '1,"One"x,web',
    '2,"Two\nlines",web',
    '3,12" pipe,web',
    '4,"Four" ,web',
    '5,"Fi,ve,web',
    '6,Six, "web',
    '7,Seven,web',
  ])
  expect(await titles()).toEqual([
    { deal_id: '2', title: 'Two\nlines' },
    { deal_id: '3', title: '12" pipe' },
    { deal_id: '4', title: 'Four' },
    { deal_id: '7', title: 'Seven' },
  ])
  expect(await unused()).toHaveLength(3)
})
