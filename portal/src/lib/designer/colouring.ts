import type { ReportTable } from '#semantic/report'

/** How one cell is coloured; a limit that is missed or met is told by a mark too, never by colour alone. */
export type CellLook = { readonly style?: string; readonly mark?: 'low' | 'high' }

type Extent = { readonly least: number; readonly most: number }

const NOTHING: CellLook = {}
/** The strongest tint that text is still read on with the contrast of WCAG AA, in both themes. */
const STRONGEST = 34

/** The looks of a table's cells by row and column. Leaves of one column are compared with each other. */
export function colouringOf(table: ReportTable): (row: number, column: number) => CellLook {
  const extents = table.columns.map((_, column) => extentOf(table, column))
  return (row, column) => {
    const field = table.valueFields[table.columns[column]?.value ?? 0]
    const [line, extent] = [table.rows[row], extents[column]]
    const value = line?.cells[column]?.value
    if (!field?.colour || !extent || value === null || value === undefined) return NOTHING
    const { by, low, high } = field.colour
    const number = Number(value)
    if (by === 'limits') return limitLook(number, { low, high })
    if (line?.kind !== 'leaf') return NOTHING
    return by === 'scale' ? scaleLook(number, extent) : barLook(number, extent)
  }
}

function extentOf(table: ReportTable, column: number): Extent | null {
  if (!table.valueFields[table.columns[column]?.value ?? 0]?.colour) return null
  const numbers = table.rows.flatMap(({ kind, cells }) => {
    const value = cells[column]?.value
    return kind === 'leaf' && value !== null && value !== undefined ? [Number(value)] : []
  })
  return { least: Math.min(...numbers), most: Math.max(...numbers) }
}

function scaleLook(value: number, { least, most }: Extent): CellLook {
  const share = most > least ? (value - least) / (most - least) : 1
  const tint = Math.round(share * STRONGEST)
  return { style: `background-color: color-mix(in oklab, var(--accent) ${tint}%, var(--surface))` }
}

function barLook(value: number, { least, most }: Extent): CellLook {
  const longest = Math.max(Math.abs(least), Math.abs(most))
  if (longest === 0) return NOTHING
  const length = Math.round((Math.abs(value) / longest) * 100)
  const colour = value < 0 ? 'var(--bad-soft)' : 'color-mix(in oklab, var(--accent) 22%, var(--surface))'
  return {
    style: `background-image: linear-gradient(to right, ${colour} ${length}%, transparent ${length}%)`,
  }
}

function limitLook(
  value: number,
  { low, high }: { low?: number | undefined; high?: number | undefined },
): CellLook {
  if (low !== undefined && value < low) {
    return { mark: 'low', style: 'background-color: var(--bad-soft); color: var(--bad)' }
  }
  if (high !== undefined && value >= high) {
    return { mark: 'high', style: 'background-color: var(--good-soft); color: var(--good)' }
  }
  return NOTHING
}
