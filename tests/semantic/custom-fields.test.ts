import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { UserError } from '#config'
import type { SemanticService } from '#semantic'
import { withWarehouse } from '#warehouse'
import { administrator, openSemantic, reader } from './harness.ts'
import { publishedFolder, publishFixture } from './marts-fixture.ts'

const FIELDS = [
  { subject: 'deals', key: 'custom_town', label: 'Town', type: 'list', folder: 'Offer' },
  { subject: 'deals', key: 'custom_fee', label: 'Fee', type: 'money', folder: 'Own' },
  { subject: 'deals', key: 'custom_visit', label: 'Visit', type: 'datetime', folder: 'Own' },
  {
    subject: 'deals',
    key: 'custom_passport',
    label: 'Passport',
    type: 'text',
    folder: 'Own',
    isPersonal: true,
  },
  { subject: 'clients', key: 'custom_vip', label: 'VIP', type: 'boolean', folder: 'Own' },
  { subject: 'clients', key: 'custom_age', label: 'Age', type: 'number', folder: 'Own', isPersonal: true },
  { subject: 'calls', key: 'custom_score', label: 'Score', type: 'number', folder: 'Own' },
  { subject: 'calls', key: 'custom_note', label: 'Note', type: 'text', folder: 'Own', isPersonal: true },
  { subject: 'activities', key: 'custom_place', label: 'Place', type: 'list', folder: 'Own' },
].map((field) => ({ isPersonal: false, ...field, sources: ['crm'] }))

async function publish(folder: string, version: string, fields: readonly object[]): Promise<string> {
  const file = await publishFixture(folder, version, { deals: 200 })
  await withWarehouse(file, {}, async (connection) => {
    await connection.run(
      `create table fct_custom_values as
       select 'deals' as subject, 'custom_town' as field_key, deal_id as record_id, if(hash(deal_id) % 2 = 0, 'Riga', 'Vigo') as text_value,
         null::decimal(18, 4) as number_value, null::boolean as is_true, null::timestamp as value_at_local from fct_deals
       union all select 'deals', 'custom_passport', deal_id, 'P' || deal_id, null, null, null from fct_deals
       union all select 'deals', 'custom_fee', deal_id, null, (hash(deal_id) % 100)::decimal(18, 4), null, null from fct_deals where hash(deal_id) % 3 > 0
       union all select 'deals', 'custom_visit', deal_id, null, null, null, created_at from fct_deals
       union all select 'clients', 'custom_vip', client_record_id, null, null, hash(client_record_id) % 2 = 0, null from dim_client_record
       union all select 'calls', 'custom_score', call_id, null, hash(call_id) % 10, null, null from fct_calls
       union all select 'calls', 'custom_note', call_id, 'N' || call_id, null, null, null from fct_calls
       union all select 'activities', 'custom_place', activity_id, if(hash(activity_id) % 2 = 0, 'Here', 'There'), null, null, null from fct_activities
       union all select 'clients', 'custom_age', client_record_id, null, 40, null, null from dim_client_record`,
    )
    await connection.run(`alter table meta_build add column custom_fields varchar`)
    await connection.run(`update meta_build set custom_fields = $1`, [JSON.stringify(fields)])
    await connection.run('checkpoint')
  })
  return file
}

let semantic: SemanticService
let folder: string
let file: string
beforeAll(async () => {
  folder = await publishedFolder()
  file = await publish(folder, '20260301060000-0001', FIELDS)
  semantic = await openSemantic(folder)
})
afterAll(() => semantic.close())

const plain = (sql: string) => withWarehouse(file, { readOnly: true }, (connection) => connection.query(sql))
const custom = async (who = administrator, view = 'deals_report'): Promise<string[]> => {
  const found = (await semantic.meta(who)).find(({ name }) => name === view)
  return (found?.members ?? [])
    .map(({ name }) => name.slice(view.length + 1))
    .filter((name) => name.includes('custom_'))
}

describe('a custom field', () => {
  it('is a field of its report types, in its folder, a number with its sum and average', async () => {
    const views = await semantic.meta(administrator)
    const deals = views.find(({ name }) => name === 'deals_report')
    expect(deals?.folders.find(({ name }) => name === 'Offer')?.members).toContain('deals_report.custom_town')
    expect(deals?.folders.find(({ name }) => name === 'Own')?.members).toEqual(
      ['custom_fee', 'sum_of_custom_fee', 'average_of_custom_fee', 'custom_visit', 'custom_passport'].map(
        (name) => `deals_report.${name}`,
      ),
    )
    expect(deals?.members.find(({ name }) => name === 'deals_report.sum_of_custom_fee')).toMatchObject({
      ...{ title: 'Fee, sum', kind: 'measure', type: 'number', format: 'currency', isAdditive: true },
    })
    expect(await custom(administrator, 'clients_report')).toEqual([
      ...['sum_of_custom_age', 'average_of_custom_age', 'custom_vip', 'custom_age'],
    ])
    expect(await custom(administrator, 'pipeline_report')).toEqual([
      ...['custom_town', 'custom_fee', 'custom_visit', 'custom_passport'],
    ])
    expect(deals?.unknownAsOf).toContain('deals_report.custom_town')
  })

  it('gives the figures of plain SQL', async () => {
    const { rows } = await semantic.load(administrator, {
      dimensions: ['deals_report.custom_town'],
      measures: [
        'deals_report.count',
        'deals_report.sum_of_custom_fee',
        'deals_report.average_of_custom_fee',
      ],
      order: { 'deals_report.custom_town': 'asc' },
    })
    const expected = await plain(
      `select town.text_value as town, count(*)::int as n, sum(fee.number_value)::double as fee, avg(fee.number_value)::double as mean
       from fct_deals left join fct_custom_values as town on town.record_id = deal_id and town.field_key = 'custom_town'
       left join fct_custom_values as fee on fee.record_id = deal_id and fee.field_key = 'custom_fee'
       where not is_excluded group by all order by 1`,
    )
    expect(rows.map((row) => [row['deals_report.custom_town'], ...numbers(row)])).toEqual(
      expected.map(({ town, n, fee, mean }) => [town, n, fee, mean]),
    )
  })

  it('of calls and of activities is a field of theirs, beside those that there are', async () => {
    const { rows } = await semantic.load(administrator, {
      measures: ['calls_report.count', 'calls_report.sum_of_custom_score'],
      order: { 'calls_report.count': 'asc' },
    })
    const sum = `select count(*)::int as n, sum(hash(call_id) % 10)::int as score from fct_calls`
    const [expected] = await plain(sum)
    expect(Object.values(rows[0] ?? {}).map(Number)).toEqual(Object.values(expected ?? {}))
    const places = await semantic.load(administrator, {
      dimensions: ['activities_report.custom_place'],
      measures: ['activities_report.count'],
    })
    expect(places.rows).toHaveLength(2)
    for (const role of ['marketer', 'analyst'] as const) {
      expect(await custom(reader(role), 'calls_report')).not.toContain('custom_note')
      expect(await custom(reader(role), 'calls_report')).toContain('custom_score')
    }
    for (const role of ['manager', 'head'] as const) {
      const own = await semantic.load(reader(role), { dimensions: ['calls_report.call_id'] })
      const notes = await semantic.values(reader(role), 'calls_report.custom_note', '', 1000)
      expect(notes.toSorted()).toEqual(
        own.rows.map((row) => `N${String(row['calls_report.call_id'])}`).toSorted(),
      )
    }
  })

  it('shows a manager and a head only rows of their own', async () => {
    for (const role of ['manager', 'head'] as const) {
      const { rows } = await semantic.load(reader(role), {
        dimensions: ['deals_report.custom_visit', 'deals_report.deal_id'],
      })
      const all = await semantic.load(reader(role), { dimensions: ['deals_report.deal_id'] })
      expect(rows.length).toBe(all.rows.length)
      expect(rows.length).toBeLessThan(200)
      const alone = await semantic.values(reader(role), 'deals_report.custom_passport', '', 1000)
      expect(alone.toSorted()).toEqual(
        all.rows.map((row) => `P${String(row['deals_report.deal_id'])}`).toSorted(),
      )
    }
  })

  it('that is personal is hidden from who may not see telephones', async () => {
    for (const role of ['marketer', 'analyst'] as const) {
      expect(await custom(reader(role))).not.toContain('custom_passport')
      expect(await custom(reader(role), 'clients_report')).toEqual(['custom_vip'])
      expect(await custom(reader(role, { canSeePersonal: true }))).toContain('custom_passport')
      await expect(
        semantic.load(reader(role), { dimensions: ['deals_report.custom_passport'] }),
      ).rejects.toThrow(UserError)
      await expect(
        semantic.sql(reader(role), {
          measures: ['deals_report.count'],
          filters: [{ member: 'deals_report.custom_passport', operator: 'set' }],
        }),
      ).rejects.toThrow(UserError)
    }
    for (const role of ['manager', 'head'] as const)
      expect(await custom(reader(role))).toContain('custom_passport')
  })

  it('comes and goes with the version that is published, and no request fails', async () => {
    let isOver = false
    let asked = 0
    const asking = (async () => {
      while (!isOver) {
        const { rows } = await semantic.load(administrator, {
          measures: ['deals_report.count'],
          filters: [{ member: 'deals_report.title', operator: 'notEquals', values: [`${asked}`] }],
        })
        expect(rows).toHaveLength(1)
        asked += 1
      }
    })()
    const town = { dimensions: ['deals_report.custom_town'], measures: ['deals_report.count'] }
    await publish(folder, '20260301060000-0002', FIELDS.slice(1))
    await semantic.swap()
    await expect(semantic.load(administrator, town)).rejects.toThrow(/custom_town/)
    expect(await custom()).toContain('custom_fee')
    await publishFixture(folder, '20260301060000-0003', { deals: 20 })
    await semantic.swap()
    expect(await custom()).toEqual([])
    await publish(folder, '20260301060000-0004', FIELDS)
    await semantic.swap()
    expect((await semantic.load(administrator, town)).rows).toHaveLength(2)
    isOver = true
    await asking
    expect(asked).toBeGreaterThan(0)
  })
})

function numbers(row: Readonly<Record<string, unknown>>): number[] {
  return ['count', 'sum_of_custom_fee', 'average_of_custom_fee'].map((name) =>
    Number(row[`deals_report.${name}`]),
  )
}
