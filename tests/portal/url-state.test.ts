import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineUrlState, flag, list, oneOf, text, whole } from '#lib/url/state.ts'

const url = defineUrlState({
  rule: oneOf(['reached', 'visited', 'strict'], 'reached'),
  managers: list(),
  search: text(),
  page: whole(1),
  wide: flag(),
})

describe('state in the address', () => {
  it('leaves defaults out', () => {
    expect(url.href({ pathname: '/funnel', search: '?rule=visited' }, { rule: 'reached' })).toBe('/funnel')
  })
  it('keeps parameters it does not know', () => {
    expect(url.href({ pathname: '/funnel', search: '?theme=x' }, { page: 2 })).toBe('/funnel?theme=x&page=2')
  })
  it('reads nonsense as the default', () => {
    const read = url.read(new URLSearchParams('rule=none&page=-4&wide=yes'))
    expect([read.rule, read.page, read.wide]).toEqual(['reached', 1, false])
  })
  it('reads back whatever it wrote', () => {
    const state = fc.record({
      rule: fc.constantFrom('reached' as const, 'visited' as const, 'strict' as const),
      managers: fc.array(fc.string({ minLength: 1 })),
      search: fc.string(),
      page: fc.integer({ min: 0, max: 999_999_999 }),
      wide: fc.boolean(),
    })
    fc.assert(
      fc.property(state, (wanted) => {
        const href = url.href({ pathname: '/x', search: '' }, wanted)
        expect(url.read(new URL(href, 'http://localhost').searchParams)).toEqual(wanted)
      }),
      { verbose: true },
    )
  })
})
