import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  cellsOfBlocks,
  parseConfig,
  RFM_CELLS,
  rfmGridSchema,
  SHIPPED_RFM_CELLS,
  type RfmBlock,
} from '#config'

const blank = { recencyDays: null, orders: null, money: null, cells: null }
const whole = Object.fromEntries(RFM_CELLS.map((cell) => [cell, `Name ${cell}`]))
const span = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })).map(([one, two]) => {
  return [Math.min(one, two), Math.max(one, two)] as const
})
const block: fc.Arbitrary<RfmBlock> = fc.record({
  name: fc.constantFrom('A', 'B', 'C'),
  ...{ recency: span, frequency: span, money: span },
})

/** Cuts the cube of scores in two at random until there are as many blocks as cuts: a partition by construction. */
const cut = fc
  .array(fc.tuple(fc.nat(), fc.constantFrom(0, 1, 2), fc.nat()), { maxLength: 20 })
  .map((cuts) => {
    let blocks: (readonly (readonly [number, number])[])[] = [
      [[1, 5] as const, [1, 5] as const, [1, 5] as const],
    ]
    for (const [which, axis, where] of cuts) {
      const found = blocks[which % blocks.length] ?? []
      const [from, to] = found[axis] ?? [1, 1]
      if (from === to) continue
      const at = from + (where % (to - from))
      const halves = (
        [
          [from, at],
          [at + 1, to],
        ] as const
      ).map((half) => found.with(axis, half))
      blocks = [...blocks.filter((one) => one !== found), ...halves]
    }
    return blocks.map(([recency = [1, 5], frequency = [1, 5], money = [1, 5]], index): RfmBlock => {
      return { name: `Segment ${index}`, recency, frequency, money }
    })
  })

describe('the grid of 125 cells', () => {
  test('ships a name for each of them, the one that the warehouse has', () => {
    const [, ...lines] = readFileSync('warehouse/seeds/rfm_segments.csv', 'utf8').trim().split('\n')
    const seeded = lines.map((line) => line.split(',')).map(([r, f, m, name]) => [`${r}${f}${m}`, name])
    expect(SHIPPED_RFM_CELLS).toEqual(Object.fromEntries(seeded))
  })

  test('is covered exactly once by every partition into blocks', () => {
    fc.assert(
      fc.property(cut, (blocks) => {
        const { cells, twice, missing } = cellsOfBlocks(blocks)
        expect([twice, missing, Object.keys(cells).length]).toEqual([[], [], 125])
        expect(rfmGridSchema.safeParse({ ...blank, cells }).success).toBe(true)
        // A block taken away leaves its cells alone uncovered; one that stands twice covers its own twice.
        const [first, ...others] = blocks
        if (first === undefined) return
        const left = cellsOfBlocks(others)
        const own = Object.entries(cells).filter(([, name]) => name === first.name)
        expect(left.missing).toEqual(own.map(([cell]) => cell))
        expect(cellsOfBlocks([first, ...blocks]).twice).toEqual(left.missing)
      }),
      { numRuns: 200 },
    )
  })

  test('has each cell named, named twice or not named, whatever the blocks', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 8 }), (blocks) => {
        const { cells, twice, missing } = cellsOfBlocks(blocks)
        expect(Object.keys(cells).length + missing.length).toBe(125)
        expect(twice.every((cell) => cell in cells)).toBe(true)
        const isPartition = twice.length === 0 && missing.length === 0
        const volume = blocks.reduce(
          (sum, { recency, frequency, money }) =>
            sum + [recency, frequency, money].reduce((size, [from, to]) => size * (to - from + 1), 1),
          0,
        )
        if (isPartition) expect(volume).toBe(125)
        if (volume < 125) expect(missing.length).toBeGreaterThan(0)
      }),
      { numRuns: 200 },
    )
  })

  test.each([
    [
      'a cell without a name',
      { cells: Object.fromEntries(Object.entries(whole).slice(1)) },
      'cells 111 without',
    ],
    ['a cell that there is not', { cells: { ...whole, 666: 'X' } }, 'cells 666 not among'],
    ['limits that do not grow', { orders: [2, 3, 3, 5] }, 'limits that grow'],
    ['three limits', { money: [1, 2, 3] }, 'four limits'],
  ])('refuses %s', (_, change, words) => {
    const parsed = rfmGridSchema.safeParse({ ...blank, ...change })
    expect(parsed.error?.issues.map(({ message }) => message).join()).toContain(words)
  })

  test('in embut.yaml names the cells that are in two segments and those that are in none', () => {
    const yaml = (segments: string) => `
company: { name: A, timezone: UTC, currency: EUR, locale: en, country: DE }
rules: { rfmGrids: [{ validFrom: 2026-01-01, segments: ${segments} }] }
`
    const read = (segments: string) => () => parseConfig(yaml(segments), 'embut.yaml', {})
    expect(read('[{ name: Good, recency: 3-5 }, { name: Bad, recency: 1-3 }]')).toThrow(
      /cells 311, 312, 313, 314, 315 and 20 more in two segments/,
    )
    expect(read('[{ name: Good, recency: 3-5 }]')).toThrow(/cells 111.* in no segment/)
    expect(read(`[{ name: Good, recency: '3-5' }, { name: Bad, recency: '1-2' }]`)).not.toThrow()
  })
})
