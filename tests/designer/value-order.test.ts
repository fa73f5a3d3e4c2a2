import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { changedValues, valuesIn, withValues } from '#lib/designer/value-order.ts'

const NAMES = ['count', 'won_count', 'win_rate', 'won_amount', 'margin']
const valueOf = (name: string) => ({ member: `deals_report.${name}` })
const values = fc.shuffledSubarray(NAMES, { minLength: 1 }).map((names) => names.map(valueOf))
const member = fc.constantFrom(...NAMES, 'gone').map((name) => `deals_report.${name}`)
const change = fc.oneof(
  fc.record({ kind: fc.constant('to' as const), member, place: member }),
  fc.record({ kind: fc.constant('by' as const), member, steps: fc.constantFrom<-1 | 1>(-1, 1) }),
  fc.record({ kind: fc.constant('hide' as const), member }),
)
const names = (list: readonly { readonly member: string }[]) => list.map((one) => one.member)

describe('columns of numbers', () => {
  it('keep all the others in their order, whatever is done to one', () => {
    fc.assert(
      fc.property(values, change, (before, done) => {
        const after = changedValues(before, done)
        const others = (list: typeof after) => names(list).filter((one) => one !== done.member)
        expect(others(after)).toEqual(others(before))
        expect(after.length).toBeGreaterThan(0)
        if (done.kind !== 'hide') expect(names(after).sort()).toEqual(names(before).sort())
      }),
    )
  })

  it('stand where they are put', () => {
    const before = ['count', 'won_count', 'win_rate'].map(valueOf)
    const put = (name: string, place: string) =>
      names(changedValues(before, { kind: 'to', member: valueOf(name).member, place: valueOf(place).member }))
    expect(put('count', 'win_rate')).toEqual(names(['won_count', 'win_rate', 'count'].map(valueOf)))
    expect(put('win_rate', 'count')).toEqual(names(['win_rate', 'count', 'won_count'].map(valueOf)))
    const first = { kind: 'by', member: valueOf('count').member, steps: -1 } as const
    expect(changedValues(before, first)).toBe(before)
  })

  it('come back from the address as they were put there', () => {
    fc.assert(
      fc.property(values, fc.nat(), (saved, seed) => {
        const shown = saved.filter((_, index) => index === 0 || (seed >> index) % 2 === 0).reverse()
        const search = new URLSearchParams(
          withValues(new URLSearchParams('p.period=this_year'), shown, saved),
        )
        expect(valuesIn(search, saved)).toEqual(shown)
        expect(search.get('p.period')).toBe('this_year')
        expect(search.has('values')).toBe(names(shown).join() !== names(saved).join())
      }),
    )
  })

  it('are all of them where the address names none that there is', () => {
    const saved = NAMES.map(valueOf)
    for (const search of ['', 'values=', 'values=gone,nothing'])
      expect(valuesIn(new URLSearchParams(search), saved)).toBe(saved)
    expect(names(valuesIn(new URLSearchParams('values=margin,gone,count,margin'), saved))).toEqual(
      names(['margin', 'count'].map(valueOf)),
    )
  })
})
