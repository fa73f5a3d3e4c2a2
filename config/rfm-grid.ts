import { z } from 'zod'

export const RFM_SCORES = [1, 2, 3, 4, 5] as const

/** The 125 cells of recency, frequency and money, `111` to `555`. */
export const RFM_CELLS: readonly string[] = RFM_SCORES.flatMap((recency) =>
  RFM_SCORES.flatMap((frequency) => RFM_SCORES.map((money) => `${recency}${frequency}${money}`)),
)

const LIMITS = 4
const limits = (what: string) =>
  z
    .array(z.number())
    .length(LIMITS, `${what} has four limits, which make five scores`)
    .refine((values) => values.every((value, index) => index === 0 || value > (values[index - 1] ?? value)), {
      error: `${what} has limits that grow`,
    })
    .readonly()

const segmentName = z.string().trim().min(1).max(40)

/**
 * A grid as it is kept: limits between scores, and a name for each cell. Null leaves the fifths or the shipped names.
 * Names for all cells and no others make a partition: every client is in one cell, every cell in one segment.
 */
export const rfmGridSchema = z.strictObject({
  /** So many days or fewer give a 5, 4, 3, 2; more give a 1. */
  recencyDays: limits('recency').nullable(),
  /** So many orders or more give a 2, 3, 4, 5; fewer give a 1. */
  orders: limits('frequency').nullable(),
  /** So much money or more gives a 2, 3, 4, 5; less gives a 1. In company currency. */
  money: limits('money').nullable(),
  cells: z.record(z.string(), segmentName).superRefine(refusePartial).readonly().nullable(),
})

export type RfmGrid = Readonly<z.output<typeof rfmGridSchema>>

function refusePartial(cells: Readonly<Record<string, string>>, context: z.RefinementCtx): void {
  const missing = RFM_CELLS.filter((cell) => !(cell in cells))
  const foreign = Object.keys(cells).filter((cell) => !RFM_CELLS.includes(cell))
  if (missing.length > 0) context.addIssue({ code: 'custom', message: `${listed(missing)} without a name` })
  if (foreign.length > 0)
    context.addIssue({ code: 'custom', message: `${listed(foreign)} not among 111 to 555` })
}

/** A block of cells with one name, as embut.yaml writes it: scores from and to, both included. */
export type RfmBlock = {
  readonly name: string
  readonly recency: Span
  readonly frequency: Span
  readonly money: Span
}
type Span = readonly [from: number, to: number]

/** The cells that blocks name, and what keeps them from being a partition: cells named twice, cells not named. */
export function cellsOfBlocks(blocks: readonly RfmBlock[]): {
  readonly cells: Readonly<Record<string, string>>
  readonly twice: readonly string[]
  readonly missing: readonly string[]
} {
  const holders = new Map(RFM_CELLS.map((cell) => [cell, blocks.filter((block) => holds(block, cell))]))
  const named = [...holders].flatMap(([cell, [first]]) => (first === undefined ? [] : [[cell, first.name]]))
  return {
    cells: Object.fromEntries(named),
    twice: [...holders].filter(([, found]) => found.length > 1).map(([cell]) => cell),
    missing: [...holders].filter(([, found]) => found.length === 0).map(([cell]) => cell),
  }
}

function holds({ recency, frequency, money }: RfmBlock, cell: string): boolean {
  const spans = [recency, frequency, money]
  return spans.every(([from, to], index) => Number(cell[index]) >= from && Number(cell[index]) <= to)
}

const SHOWN = 5

/** Cells for a message, e.g. `cells 111, 112 and 3 more`. */
export function listed(cells: readonly string[]): string {
  const more = cells.length > SHOWN ? ` and ${cells.length - SHOWN} more` : ''
  return `cells ${cells.slice(0, SHOWN).join(', ')}${more}`
}
