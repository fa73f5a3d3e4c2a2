import { describe, expect, it } from 'vitest'
import {
  CALENDAR_YEARS,
  emptyDefinition,
  missingFields,
  parseDefinition,
  planReport,
  sentenceOf,
} from '#semantic/report'
import { filtersInWords } from '../../semantic/report/sentence.ts'
import { englishWords } from '../../semantic/report/words.ts'
import { viewOf } from './duckdb-cube.ts'

const view = viewOf('deals_report', {
  manager: 'string',
  department: 'string',
  stage: 'string',
  stage_order: 'number',
  closed_at: 'time',
  created_at: 'time',
  is_excluded: 'boolean',
  won_amount: 'measure',
  win_rate: 'measure',
})
const base = {
  version: 1,
  reportType: 'deals_report',
  rows: [{ member: 'deals_report.manager' }],
  columns: [{ member: 'deals_report.closed_at', granularity: 'month' }],
  values: [{ member: 'deals_report.won_amount' }],
  filters: [
    { member: 'deals_report.closed_at', operator: 'inDateRange', values: ['this_quarter'] },
    { member: 'deals_report.department', operator: 'equals', values: ['Retail'] },
  ],
}
const context = {
  view,
  given: {},
  now: new Date('2026-02-10'),
  zone: 'UTC',
  fiscalCalendar: CALENDAR_YEARS,
  limit: 100,
}

describe('the sentence', () => {
  it('says the report in words', () => {
    expect(sentenceOf(parseDefinition(base), view)).toBe(
      'Won amount by manager and month, closed at this quarter, Retail only',
    )
  })

  it('names the time of a month when the report has two times', () => {
    const rows = [{ member: 'deals_report.created_at', granularity: 'month' }]
    expect(sentenceOf(parseDefinition({ ...base, rows, columns: [] }), view)).toContain(
      'by month (created at)',
    )
  })

  it('speaks of several numbers, of the best only, and of an empty report', () => {
    const values = [{ member: 'deals_report.won_amount' }, { member: 'deals_report.win_rate' }]
    const definition = parseDefinition({ ...base, values, columns: [], filters: [], options: { limit: 5 } })
    expect(sentenceOf(definition, view)).toBe('Won amount and win rate by manager (top 5)')
    expect(sentenceOf(emptyDefinition('deals_report'), view)).toBe('Empty report')
  })
})

describe('a plan', () => {
  it('leaves excluded records out unless they are asked for', () => {
    const filters = planReport(parseDefinition(base), context).filters
    expect(filters).toContainEqual({
      member: 'deals_report.is_excluded',
      operator: 'equals',
      values: ['false'],
    })
    const including = parseDefinition({ ...base, options: { includeExcluded: true } })
    const { filters: asked } = planReport(including, context)
    expect(asked.at(-1)).toMatchObject({ values: ['false', 'true'] })
    expect(filtersInWords(asked, { view, words: englishWords, definition: including })).toMatch(
      /; with excluded records$/,
    )
  })

  it('asks for the leaf, both margins and the grand total, each at its own grain', () => {
    const grains = planReport(parseDefinition(base), context).queries.map(({ key }) => key)
    expect(grains).toEqual(['grain:0:0', 'grain:0:1', 'grain:1:0', 'grain:1:1'])
  })

  it('asks for the order of stages beside their names', () => {
    const plan = planReport(parseDefinition({ ...base, rows: [{ member: 'deals_report.stage' }] }), context)
    expect(plan.queries.find(({ purpose }) => purpose === 'order')?.query.dimensions).toEqual([
      'deals_report.stage',
      'deals_report.stage_order',
    ])
  })

  it('names a field that has gone', () => {
    const definition = parseDefinition({ ...base, rows: [{ member: 'deals_report.vanished' }] })
    expect(missingFields(definition, view)).toEqual(['deals_report.vanished'])
    expect(() => planReport(definition, context)).toThrow('deals_report.vanished')
  })
})
