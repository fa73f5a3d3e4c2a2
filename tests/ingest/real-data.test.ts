import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { COMPANY, makeProject } from './project.ts'
import type { Project } from './project.ts'

const DATA = resolve(import.meta.dirname, '../../../shared/data')
const MAVEN = resolve(DATA, 'maven_crm')
const CALLS = resolve(DATA, 'call_center')

let project: Project | undefined
afterEach(() => project?.dispose())

const MAVEN_YAML = `${COMPANY}
sources:
  maven:
    connector: files
    folder: ${MAVEN}
    files:
      - match: sales_pipeline.csv
        entity: deals
        columns:
          deal_id: opportunity_id
          pipeline: { constant: Sales }
          stage: deal_stage
          status: { column: deal_stage, values: { Won: won, Lost: lost, Engaging: open, Prospecting: open } }
          owner: sales_agent
          company: account
          product: product
          amount: close_value
          created_at: engage_date
          closed_at: close_date
      - match: sales_teams.csv
        entity: people
        columns: { person_id: sales_agent, name: sales_agent, department: manager, branch: regional_office }
      - match: sales_teams.csv
        entity: departments
        columns: { department_id: manager, name: manager, head: manager, branch: regional_office }
      - match: accounts.csv
        entity: companies
        columns: { company_id: account, name: account, sector: sector, country: office_location }
      - match: products.csv
        entity: products
        columns: { product_id: product, name: product, category: series, price: sales_price }
`

describe.skipIf(!existsSync(MAVEN))(
  'the Maven CRM files (skipped when ../shared/data/maven_crm is absent)',
  () => {
    test('land with the counts and the won value that are published', async () => {
      project = makeProject(MAVEN_YAML)
      const summary = await project.sync()
      expect(summary.failures).toEqual([])
      const deals = await project.rows(
        `select count(*) as n, count(*) filter (stage = 'Won') as won, count(*) filter (status = 'lost') as lost,
         count(*) filter (status = 'open') as open, sum(amount) filter (status = 'won') as value from all_files.deals`,
      )
      expect(deals).toEqual([{ n: '8800', won: '4238', lost: '2473', open: '2089', value: '10005534.0000' }])
      const others = await project.rows(
        `select (select count(*) from all_files.people) as people, (select count(*) from all_files.departments) as heads,
         (select count(distinct branch) from all_files.people) as regions,
         (select count(*) from all_files.companies) as companies, (select count(*) from all_files.products) as products`,
      )
      expect(others).toEqual([{ people: '35', heads: '6', regions: '3', companies: '85', products: '7' }])
      expect(await project.rows('select * from raw_embut.quarantine')).toEqual([])
    })

    test('land once: a second sync reads nothing and changes nothing', async () => {
      project = makeProject(MAVEN_YAML)
      await project.sync()
      const second = await project.sync()
      expect(second.loads.map(({ rowsRead, source }) => (source === 'maven' ? rowsRead : 0))).not.toContain(
        8800,
      )
      expect(await project.rows('select count(*) as n from all_files.deals__history')).toEqual([
        { n: '8800' },
      ])
    })
  },
)

describe.skipIf(!existsSync(CALLS))(
  'the call centre file (skipped when ../shared/data/call_center is absent)',
  () => {
    test('lands 5,000 calls of which 4,054 were answered', async () => {
      project = makeProject(`${COMPANY}
sources:
  phone:
    connector: files
    folder: ${CALLS}
    files:
      - match: calls.csv
        entity: calls
        columns:
          call_id: call_id
          agent: agent
          direction: { constant: in }
          started_at: { columns: [date, time] }
          wait_seconds: speed_of_answer_s
          talk_seconds: { column: avg_talk_duration, type: duration }
          is_answered: answered
          topic: topic
`)
      const { failures } = await project.sync()
      expect(failures).toEqual([])
      expect(
        await project.rows(
          `select count(*) as n, count(*) filter (is_answered) as answered from all_files.calls`,
        ),
      ).toEqual([{ n: '5000', answered: '4054' }])
      expect(
        await project.rows(
          `select started_at, wait_seconds, talk_seconds from all_files.calls where call_id = 'ID0002'`,
        ),
      ).toEqual([{ started_at: '2021-01-01 09:12:58', wait_seconds: '70.0000', talk_seconds: '242.0000' }])
    })
  },
)
