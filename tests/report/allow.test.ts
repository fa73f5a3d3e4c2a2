import { describe, expect, it } from 'vitest'
import { parseDefinition, refusalOf, shelvesFor, withFormulas, type ReportView } from '#semantic/report'

const VIEW: ReportView = {
  name: 'deals',
  title: 'Deals',
  members: [
    { name: 'deals.margin', title: 'Margin', kind: 'measure', type: 'number', format: 'currency' },
    { name: 'deals.won', title: 'Won value', kind: 'measure', type: 'number', format: 'currency' },
    { name: 'deals.paid_at', title: 'Paid on', kind: 'time', type: 'time' },
    { name: 'deals.manager', title: 'Manager', kind: 'dimension', type: 'string' },
  ],
  unknownAsOf: ['deals.margin', 'deals.paid_at'],
}
const reportOf = (over: object = {}) => parseDefinition({ version: 1, reportType: 'deals', ...over })
const memberOf = (name: string, view = VIEW) => {
  const found = view.members.find((one) => one.name === `deals.${name}`)
  if (found === undefined) throw new Error(`no ${name}`)
  return found
}
const THEN = { asOf: '2026-01-31' }

describe('a field that is offered to a report', () => {
  it('goes on every shelf of its kind', () => {
    const report = { definition: reportOf(), view: VIEW }
    expect(shelvesFor(report, memberOf('won'))).toEqual(['values'])
    expect(shelvesFor(report, memberOf('manager'))).toEqual(['rows', 'columns', 'filters'])
  })

  it('is refused as of an earlier day of which nobody knows it, and only there', () => {
    const then = { definition: reportOf({ options: THEN }), view: VIEW }
    const now = { definition: reportOf(), view: VIEW }
    expect(refusalOf(then, memberOf('margin'), 'values')).toBe('not_known_then')
    expect(refusalOf(then, memberOf('paid_at'), 'filters')).toBe('not_known_then')
    expect(refusalOf(then, memberOf('won'), 'values')).toBeNull()
    expect(refusalOf(now, memberOf('margin'), 'values')).toBeNull()
  })

  it('is refused then too when it is a formula of such a number', () => {
    const formulas = [
      { name: 'formula_1', title: 'Share', expression: 'margin / won', format: 'percent' },
      { name: 'formula_2', title: 'Half', expression: 'won / 2', format: 'currency' },
    ]
    const definition = reportOf({ formulas, options: THEN })
    const view = withFormulas(VIEW, definition)
    const refusals = view.members.slice(-2).map((one) => refusalOf({ definition, view }, one, 'values'))
    expect(refusals).toEqual(['not_known_then', null])
  })

  it('is refused where it stands already', () => {
    const definition = reportOf({ rows: [{ member: 'deals.manager' }] })
    expect(refusalOf({ definition, view: VIEW }, memberOf('manager'), 'columns')).toBe('already_there')
    expect(refusalOf({ definition, view: VIEW }, memberOf('manager'), 'filters')).toBeNull()
  })
})
