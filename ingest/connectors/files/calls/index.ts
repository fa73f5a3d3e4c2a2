import { CALL_LEG } from '#config'
import type { Connection } from '#warehouse'
import type { MappedTable } from '../../mapping/column.ts'
import { mappedSelect } from '../../mapping/select.ts'
import type { FileMapping } from '../source.ts'
import { CDR_COLUMNS, cdrLegs, QUEUE_LOG_COLUMNS, queueLogLegs } from './asterisk.ts'
import { joinLegs } from './leg.ts'

/** Columns of a file that has no header. `isCut`: a file has the first of them, as many as its lines are long. */
export type FixedLayout = {
  readonly columns: readonly string[]
  readonly delimiter: string
  readonly isCut: boolean
  /** False where a quote is a character like any other. */
  readonly isQuoted: boolean
}

export function fixedLayout({ entity }: FileMapping): FixedLayout | null {
  switch (entity) {
    case 'asterisk_cdr':
      return { columns: CDR_COLUMNS, delimiter: ',', isCut: true, isQuoted: true }
    case 'asterisk_queue_log':
      return { columns: QUEUE_LOG_COLUMNS, delimiter: '|', isCut: false, isQuoted: false }
    default:
      return null
  }
}

export type FileSelect = {
  readonly table: MappedTable
  readonly mapping: FileMapping
  readonly zone: string
  readonly label: string
}

/** The SELECT that reads a file into its entity's columns; legs of calls are joined to calls. */
export async function fileSelect(connection: Connection, options: FileSelect): Promise<string> {
  const { table, mapping } = options
  switch (mapping.entity) {
    case 'call_legs':
      return legsSelect(connection, options, mapping.columns)
    case 'asterisk_cdr':
      return ownLegs(connection, { ...options, table: cdrLegs(table, mapping.extensions) })
    case 'asterisk_queue_log':
      return ownLegs(connection, { ...options, table: queueLogLegs(table, mapping.extensions) })
    default:
      return mappedSelect(connection, { ...options, mapping, isInOrder: true })
  }
}

type LegColumns = Extract<FileMapping, { readonly entity: 'call_legs' }>['columns']

function ownLegs(connection: Connection, options: FileSelect): Promise<string> {
  return legsSelect(
    connection,
    options,
    Object.fromEntries(options.table.columns.map((name) => [name, { column: name }])),
  )
}

async function legsSelect(connection: Connection, options: FileSelect, columns: LegColumns): Promise<string> {
  const mapping = { entity: 'calls', columns } as const
  const legs = await mappedSelect(connection, { ...options, mapping, shape: CALL_LEG })
  return joinLegs(legs, Object.keys(columns))
}
