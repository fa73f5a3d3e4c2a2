import { afterEach, beforeEach, expect, test } from 'vitest'
import { connectorsOf } from '#ingest'
import { createControl } from '#ingest/control'
import { openWorkspace, workspaceOptions } from '#workspace'
import type { Workspace } from '#workspace'
import { COMPANY, makeProject } from './project.ts'
import type { Project } from './project.ts'

const YAML = `${COMPANY}  branches: { Tokyo: { timezone: Asia/Tokyo, calendar: { hours: { from: '10:00', to: '19:00' } } }, Madrid: {} }
  departments: { 'crm:3': { calendar: { workingDays: [6, 2], holidays: [] } } }
  absences: [{ person: 'crm:7', from: 2024-08-05, to: 2024-08-16, reason: vacation }]
  fiscalYearStart: 2
  fiscalYearNamedBy: start
  retailCalendar: { pattern: 4-5-4, weekStart: 7 }
  calendar: { workingDays: [1, 2, 3, 4, 5], hours: { from: '09:00', to: '17:30' }, holidays: [{ date: 2024-01-01, name: New Year }] }
rates: [{ currency: USD, date: 2024-01-01, rate: '0.9' }]
rules:
  spellings: [{ entity: product, from: GTXPro, to: GTX Pro, validFrom: 2024-01-01, reason: typing }]
  exclusions: [{ field: title, contains: test, reason: tests }]
  rfmGrids: [{ validFrom: 2024-01-01, orders: [2, 3, 5, 10], segments: [{ name: All }] }]
  voiceTopics: [{ topic: price, language: en, words: [expensive, over budget] }, { topic: price, language: es, words: [] }]
targets: [{ metric: won_amount, month: 2024-03, value: '1000.5' }]
sources:
  crm:
    connector: files
    folder: data
    files: [{ match: '*.csv', entity: products, columns: { product_id: id, name: id } }]
`

let project: Project
let workspace: Workspace
beforeEach(async () => {
  project = makeProject(YAML, { 'a.csv': 'id\nx\n' })
  workspace = await openWorkspace(workspaceOptions(project.config(), {}))
})
afterEach(async () => {
  await workspace.close()
  project.dispose()
})

test('what people made comes back as a source: calendar, branches, rates, rules, targets', async () => {
  const { failures } = await project.sync({ connectors: connectorsOf(workspace) })
  expect(failures).toEqual([])
  const days = await project.rows(
    `select day, is_working, working_hours, opens_at, closes_at, is_holiday, holiday_name from all_workspace.calendar_days
     where day between '2024-01-01' and '2024-01-02' order by day`,
  )
  expect(days).toEqual([
    {
      day: '2024-01-01',
      is_working: false,
      working_hours: '0.0000',
      opens_at: null,
      closes_at: null,
      is_holiday: true,
      holiday_name: 'New Year',
    },
    {
      ...{
        day: '2024-01-02',
        is_working: true,
        working_hours: '8.5000',
        is_holiday: false,
        holiday_name: null,
      },
      ...{ opens_at: '09:00:00', closes_at: '17:30:00' },
    },
  ])
  expect(
    await project.rows(
      `select day, fiscal_year, fiscal_quarter, fiscal_period, fiscal_week, fiscal_year_start, fiscal_quarter_start,
         fiscal_period_start, fiscal_week_start
       from all_workspace.calendar_days where day in ('2024-02-03', '2024-02-04') order by day`,
    ),
  ).toEqual([
    {
      ...{ day: '2024-02-03', fiscal_year: 2023, fiscal_quarter: 4, fiscal_period: 12, fiscal_week: 53 },
      ...{ fiscal_year_start: '2023-01-29', fiscal_quarter_start: '2023-10-29' },
      ...{ fiscal_period_start: '2023-12-31', fiscal_week_start: '2024-01-28' },
    },
    {
      ...{ day: '2024-02-04', fiscal_year: 2024, fiscal_quarter: 1, fiscal_period: 1, fiscal_week: 1 },
      ...{ fiscal_year_start: '2024-02-04', fiscal_quarter_start: '2024-02-04' },
      ...{ fiscal_period_start: '2024-02-04', fiscal_week_start: '2024-02-04' },
    },
  ])
  expect(
    await project.rows(
      `select kind, team, day, is_working, opens_at, closes_at from all_workspace.team_calendar_days
       where day between '2024-01-01' and '2024-01-03' order by team, day`,
    ),
  ).toEqual([
    ...['2024-01-01', '2024-01-02', '2024-01-03'].map((day) => {
      const is_working = day !== '2024-01-01'
      const hours = { opens_at: is_working ? '10:00:00' : null, closes_at: is_working ? '19:00:00' : null }
      return { kind: 'branch', team: 'Tokyo', day, is_working, ...hours }
    }),
    ...['2024-01-01', '2024-01-02', '2024-01-03'].map((day) => {
      const is_working = day === '2024-01-02'
      const hours = { opens_at: is_working ? '09:00:00' : null, closes_at: is_working ? '17:30:00' : null }
      return { kind: 'department', team: 'crm:3', day, is_working, ...hours }
    }),
  ])
  expect(await project.rows('select * exclude (_load_id, _loaded_at) from all_workspace.absences')).toEqual([
    expect.objectContaining({ person: 'crm:7', first_day: '2024-08-05', last_day: '2024-08-16' }),
  ])
  expect(
    await project.rows('select count(*) as n, min(day) as a, max(day) as z from all_workspace.calendar_days'),
  ).toEqual([{ n: '9496', a: '2010-01-01', z: '2035-12-31' }])
  expect(await project.rows('select branch, timezone from all_workspace.branches order by branch')).toEqual([
    { branch: 'Madrid', timezone: null },
    { branch: 'Tokyo', timezone: 'Asia/Tokyo' },
  ])
  expect(await project.rows('select rate_id, rate from all_workspace.exchange_rates')).toEqual([
    { rate_id: 'USD:2024-01-01', rate: '0.90000000' },
  ])
  expect(await project.rows('select spelling, canonical, valid_from from all_workspace.spellings')).toEqual([
    { spelling: 'GTXPro', canonical: 'GTX Pro', valid_from: '2024-01-01' },
  ])
  expect(await project.rows('select metric, month, value, is_current from all_workspace.targets')).toEqual([
    { metric: 'won_amount', month: '2024-03-01', value: '1000.5000', is_current: true },
  ])
  expect(await project.rows('select connected_seconds from all_workspace.company_settings')).toEqual([
    { connected_seconds: 10 },
  ])
  expect(await project.rows('select count(*) as n from all_bitrix24.deals')).toEqual([{ n: '0' }])
})

test('segments, the grid and the words of the company come as the models read them', async () => {
  const clause = { member: 'clients_report.sector', operator: 'set', values: [] }
  const saved = {
    definition: { version: 1, filters: [clause], control: null },
    ownerId: 'ann',
    author: 'ann',
  }
  await workspace.segments.save({ ...saved, segmentId: 's1', name: 'Ours', visibility: 'company' })
  await workspace.segments.save({ ...saved, segmentId: 's2', name: 'Mine', visibility: 'private' })
  await project.sync({ connectors: connectorsOf(workspace) })
  expect(
    await project.rows(`select segment_id, name, is_shared, definition->>'$.filters[0].member' as member
      from all_workspace.segments order by segment_id`),
  ).toEqual([
    { segment_id: 's1', name: 'Ours', is_shared: true, member: 'clients_report.sector' },
    { segment_id: 's2', name: 'Mine', is_shared: false, member: 'clients_report.sector' },
  ])
  expect(
    await project.rows(`select valid_from, grid->>'$.orders' as orders, grid->>'$.money' as money,
      json_array_length(json_keys(grid, '$.cells')) as cells, grid->>'$.cells.125' as one from all_workspace.rfm_grids`),
  ).toEqual([{ valid_from: '2024-01-01', orders: '[2,3,5,10]', money: null, cells: '125', one: 'All' }])
  expect(
    await project.rows(`select language, terms->>'$[0].stem' as first, terms->>'$[1].pattern' as second
      from all_workspace.voice_topics order by language`),
  ).toEqual([
    { language: 'en', first: 'expens', second: '(^|[^\\p{L}])over\\p{L}*[^\\p{L}]+budget' },
    { language: 'es', first: '', second: null },
  ])
})

test('a rule that was taken back is marked deleted, even the last of its kind', async () => {
  await project.sync({ connectors: connectorsOf(workspace) })
  const [rule] = await workspace.rules.list('spelling')
  await workspace.rules.undo(rule?.ruleId ?? '', { author: 'ann', reason: 'not the same' })
  await project.sync({ connectors: connectorsOf(workspace) })
  expect(await project.rows('select spelling, _deleted from all_workspace.spellings')).toEqual([
    { spelling: 'GTXPro', _deleted: true },
  ])
  expect(
    await project.rows(`select version, statement, is_active, author, reason, set_at is not null as is_dated, _deleted
      from all_workspace.rule_versions where kind = 'spelling' order by version`),
  ).toMatchObject([
    {
      version: 1,
      statement: 'product “GTXPro” = “GTX Pro”',
      is_active: true,
      reason: 'typing',
      _deleted: false,
    },
    { version: 2, is_active: false, author: 'ann', reason: 'not the same', is_dated: true, _deleted: false },
  ])
  expect(
    await project.rows('select distinct kind, statement from all_workspace.rule_versions order by kind'),
  ).toEqual([
    { kind: 'exclusion', statement: 'title contains “test”' },
    { kind: 'spelling', statement: 'product “GTXPro” = “GTX Pro”' },
  ])
})

test('a requested sync waits as one job however often it is asked for', async () => {
  const control = createControl({ config: project.config(), workspace })
  await control.requestSync({ sources: ['crm'], userId: 'ann' })
  await control.requestSync({ sources: ['crm'], userId: 'bob' })
  expect((await workspace.jobs.list()).map(({ kind, payload }) => ({ kind, payload }))).toEqual([
    { kind: 'sync', payload: { sources: ['crm'] } },
  ])
  await expect(control.requestSync({ sources: ['other'], userId: 'ann' })).rejects.toThrow(
    /no source "other".*crm/,
  )
})

test('what a webhook brought lands once and leaves the inbox', async () => {
  const control = createControl({ config: project.config(), workspace })
  await control.appendWebhook('crm', { event: 'deal changed', id: 7 })
  await project.sync()
  await control.appendWebhook('crm', { event: 'deal changed', id: 8 })
  await project.sync()
  await project.sync()
  expect(await project.rows(`select body::varchar as body from raw_crm.webhooks order by body`)).toEqual([
    { body: '{"event":"deal changed","id":7}' },
    { body: '{"event":"deal changed","id":8}' },
  ])
})

test('progress of the last run is there to read, step by step', async () => {
  await project.sync()
  const steps = await createControl({ config: project.config(), workspace }).readProgress()
  expect(steps.map(({ step, done, finishedAt }) => ({ step, done, isOver: finishedAt !== null }))).toEqual([
    { step: 'crm.products', done: 1, isOver: true },
  ])
})
