import { z } from 'zod'
import { RFM_CELLS, SHIPPED_RFM_CELLS, type RfmGrid } from '#config'
import type { CubeQuery, Reader, SemanticService, Workspace } from '#services'
import { textOf } from '#lib/server/home/ask.ts'
import type { RuleOf } from '#workspace'

/** The company's grids, the newest first; before the first of them the shipped one holds. */
export async function gridsOf({ rules }: Pick<Workspace, 'rules'>): Promise<RuleOf<'rfmGrid'>[]> {
  const grids = await rules.ofKind('rfmGrid')
  return grids.toSorted((one, two) => (two.validFrom ?? '').localeCompare(one.validFrom ?? ''))
}

/** The grid that holds on a day, `YYYY-MM-DD`; null while the shipped one does. */
export function gridOn(grids: readonly RuleOf<'rfmGrid'>[], day: string): RuleOf<'rfmGrid'> | null {
  return grids.find(({ validFrom }) => validFrom === null || validFrom <= day) ?? null
}

export type ShownGrid = RfmGrid & { readonly cells: Readonly<Record<string, string>> }

/** A grid with names for all cells. */
export function shownGrid(rule: RuleOf<'rfmGrid'> | null): ShownGrid {
  const grid = rule?.content ?? { recencyDays: null, orders: null, money: null, cells: null }
  return { ...grid, cells: grid.cells ?? SHIPPED_RFM_CELLS }
}

const VIEW = 'segments_report'
const SCORES = ['recency_score', 'frequency_score', 'monetary_score']

/** How many clients of the reader stand in each cell in the latest month. */
export async function cellCounts(
  semantic: Pick<SemanticService, 'load'>,
  reader: Reader,
): Promise<Readonly<Record<string, number>>> {
  const query: CubeQuery = {
    measures: [`${VIEW}.clients_count`],
    dimensions: SCORES.map((name) => `${VIEW}.${name}`),
    filters: [{ member: `${VIEW}.is_latest`, operator: 'equals', values: ['true'] }],
    limit: RFM_CELLS.length,
  }
  const { rows } = await semantic.load(reader, query)
  return Object.fromEntries(
    rows.map((row) => [
      SCORES.map((name) => textOf(row, `${VIEW}.${name}`)).join(''),
      Number(textOf(row, `${VIEW}.clients_count`)),
    ]),
  )
}

const limits = z.string().transform((text) => {
  const parts = text.split(/[\s;]+/).filter((part) => part !== '')
  return parts.length === 0 ? null : parts.map((part) => Number(part.replace(',', '.')))
})

const gridForm = z.object({
  recencyDays: limits,
  orders: limits,
  money: limits,
  cells: z.string().transform((text): unknown => JSON.parse(text)),
  validFrom: z.union([z.literal('').transform(() => null), z.iso.date()]),
  reason: z.string().trim().max(200),
})

/** Reads the grid's form; what it says of limits and cells is checked by the rule itself. @throws ZodError */
export function readGridForm(values: FormData) {
  const { validFrom, reason, ...content } = gridForm.parse(Object.fromEntries(values))
  return { content, validFrom, reason: reason === '' ? null : reason }
}
