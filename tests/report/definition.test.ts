import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  applyEdit,
  decodeDefinition,
  edit,
  emptyDefinition,
  encodeDefinition,
  parseDefinition,
  redo,
  startHistory,
  undo,
} from '#semantic/report'
import { anyDefinition, anyEdit, START } from './arbitrary.ts'

describe('a definition in a link', () => {
  it('comes back the same, whatever it holds', () => {
    fc.assert(
      fc.property(anyDefinition, (definition) => {
        const word = encodeDefinition(definition)
        expect(word).toMatch(/^[\w-]+$/)
        expect(decodeDefinition(word)).toEqual(definition)
      }),
      { numRuns: 200 },
    )
  })

  it('keeps parameters and sorting', () => {
    const definition = parseDefinition({
      version: 1,
      reportType: 'sales',
      values: [{ member: 'sales.amount' }],
      filters: [{ member: 'sales.closed_at', operator: 'inDateRange', values: [], parameter: 'period' }],
      parameters: [
        {
          name: 'period',
          label: 'Período ✓',
          type: 'period',
          default: { kind: 'relative', value: 'last_month' },
        },
      ],
      options: { sort: { member: 'sales.amount', direction: 'desc' }, limit: 10 },
    })
    expect(decodeDefinition(encodeDefinition(definition))).toEqual(definition)
  })

  it('is refused in words when it was cut', () => {
    expect(() => decodeDefinition('abc')).toThrow('does not hold a report')
  })
})

describe('editing', () => {
  it('is undone step by step back to the start, and redone to the end', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 20 }), (edits) => {
        const states = edits.reduce(
          (histories, change) => [...histories, edit(histories.at(-1) ?? startHistory(START), change)],
          [startHistory(START)],
        )
        const last = states.at(-1) ?? startHistory(START)
        const back = last.past.reduce(undo, last)
        expect(back.present).toEqual(START)
        expect(back.future.reduce(redo, back).present).toEqual(last.present)
      }),
      { numRuns: 200 },
    )
  })

  it('undoes exactly the last edit', () => {
    fc.assert(
      fc.property(anyDefinition, anyEdit, (definition, change) => {
        const before = startHistory(applyEdit(definition, { kind: 'setOptions', options: {} }))
        const after = edit(before, change)
        expect(after.past.length === 0 ? after.present : undo(after).present).toEqual(before.present)
      }),
      { numRuns: 200 },
    )
  })

  it('always leaves a definition that parses', () => {
    fc.assert(
      fc.property(anyDefinition, anyEdit, (definition, change) => {
        const after = applyEdit(definition, change)
        expect(parseDefinition(after)).toEqual(after)
      }),
      { numRuns: 200 },
    )
  })

  it('drops the sort when its field leaves the report', () => {
    const sorted = applyEdit(
      applyEdit(START, { kind: 'add', shelf: 'values', item: { member: 'sales.amount' } }),
      { kind: 'setSort', sort: { member: 'sales.amount', direction: 'desc' } },
    )
    expect(sorted.options.sort?.member).toBe('sales.amount')
    expect(applyEdit(sorted, { kind: 'remove', shelf: 'values', index: 0 }).options.sort).toBeUndefined()
  })

  it('keeps a time as a period when it moves to Filters', () => {
    const report = applyEdit(START, {
      kind: 'add',
      shelf: 'rows',
      item: { member: 'sales.closed_at', granularity: 'month' },
    })
    const moved = applyEdit(report, {
      kind: 'move',
      from: { shelf: 'rows', index: 0 },
      to: { shelf: 'filters', index: 0 },
    })
    expect(moved.rows).toEqual([])
    expect(moved.filters[0]?.operator).toBe('inDateRange')
  })

  it('drops a parameter with the last filter that uses it', () => {
    const filtered = applyEdit(emptyDefinition('sales'), {
      kind: 'add',
      shelf: 'filters',
      item: { member: 'sales.manager', operator: 'equals', values: [] },
    })
    const asked = applyEdit(filtered, {
      kind: 'setParameter',
      index: 0,
      parameter: {
        name: 'manager',
        label: 'Manager',
        type: 'manager',
        default: { kind: 'relative', value: 'all' },
      },
    })
    expect(asked.parameters).toHaveLength(1)
    expect(applyEdit(asked, { kind: 'remove', shelf: 'filters', index: 0 }).parameters).toEqual([])
  })
})

describe('a definition', () => {
  it('is refused when it names a field of another report type', () => {
    const foreign = { version: 1, reportType: 'sales', rows: [{ member: 'calls.topic' }] }
    expect(() => parseDefinition(foreign)).toThrow('does not belong to report type sales')
  })
})
