import { readFile } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import { UserError } from '#config'
import type { FiscalCalendar } from '#config/fiscal-calendar'
import { readClosedMonths } from './closed-months.ts'
import { modelNameOf, parsePublishedFields, type PublishedField } from './custom-fields.ts'
import { openDatabase, type Database } from './database.ts'
import { parsePublishedCalendar } from './fiscal.ts'
import { readLimits, type SourceLimit } from './source-limit.ts'

export type Freshness = { readonly source: string; readonly at: string | null }

/** One published file while it is open, with what a passport says about it. */
export type Publication = {
  readonly version: string
  readonly file: string
  readonly publishedAt: string
  readonly database: Database
  readonly freshness: readonly Freshness[]
  readonly limits: readonly SourceLimit[]
  /** From when the history of owners is known; earlier owners are as of then. */
  readonly ownersAsOf: string | null
  /** The closed months that it has results of, YYYY-MM. */
  readonly closedMonths: readonly string[]
  /** The custom fields that it has values of. */
  readonly customFields: readonly PublishedField[]
  /** Into what its years are parted. */
  readonly fiscalCalendar: FiscalCalendar
  /** The name of the model that has these fields and this fiscal calendar. */
  readonly model: string
  /** Its marts by name, with how many rows each has; an aggregate's slices stand as `fct_deal_sums.people`. */
  readonly rows: ReadonlyMap<string, number>
}

const CURRENT = z.object({ version: z.string().min(1), file: z.string().min(1), publishedAt: z.string() })

export type CurrentFile = z.infer<typeof CURRENT>

/** What `current.json` of a folder names, with the file's full path; null before the first publish. */
export async function readCurrent(publishedDir: string): Promise<CurrentFile | null> {
  const path = join(publishedDir, 'current.json')
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (text === null) return null
  const parsed = CURRENT.safeParse(JSON.parse(text))
  if (!parsed.success) {
    throw new UserError(`${path} is damaged. Run \`embut publish --list\`, then restore a version.`, {
      cause: parsed.error,
    })
  }
  const { file } = parsed.data
  return { ...parsed.data, file: isAbsolute(file) ? file : join(publishedDir, file) }
}

/** Opens a published file and reads from it how fresh its sources are. */
export async function openPublication(current: CurrentFile, poolSize: number): Promise<Publication> {
  const database = await openDatabase(current.file, poolSize)
  try {
    const { customFields, fiscalCalendar } = await readAdditions(database)
    const rows = await readRows(database)
    return {
      ...current,
      ...{ customFields, fiscalCalendar, model: modelNameOf({ fields: customFields, fiscalCalendar }) },
      database,
      freshness: await readFreshness(database),
      limits: await readLimits(database),
      ownersAsOf: await readOwnersAsOf(database),
      // A file that was published before months could be closed has no mart of them.
      closedMonths: rows.has('fct_closed_results') ? await readClosedMonths(database) : [],
      rows,
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

// The stream that was loaded longest ago tells how old a source is.
async function readFreshness(database: Database): Promise<Freshness[]> {
  const rows = await database.query(
    'select source_name, min(last_load_at) as at from main.meta_freshness group by 1 order by 1',
  )
  return rows.map(({ source_name: source, at }) => ({ source: String(source), at: textOrNull(at) }))
}

async function readOwnersAsOf(database: Database): Promise<string | null> {
  const rows = await database.query('select owners_as_of from main.meta_build limit 1')
  return textOrNull(rows[0]?.['owners_as_of'])
}

// A file that was published before there were custom fields has no list of them, nor has an older one its calendar.
async function readAdditions(
  database: Database,
): Promise<Pick<Publication, 'customFields' | 'fiscalCalendar'>> {
  const [build] = await database.query('select * from main.meta_build limit 1')
  return {
    customFields: parsePublishedFields(build?.['custom_fields']),
    fiscalCalendar: parsePublishedCalendar(build?.['fiscal_calendar']),
  }
}

async function readRows(database: Database): Promise<ReadonlyMap<string, number>> {
  const tables = await database.query(
    `select table_name as name, estimated_size as n from duckdb_tables()
     where database_name = current_database() and schema_name = 'main'`,
  )
  const sliced = await database.query(
    `select table_name as name from duckdb_columns()
     where database_name = current_database() and schema_name = 'main' and column_name = 'slice' and table_name like '%_sums'`,
  )
  const counts = sliced.map(({ name }) => {
    const table = String(name)
    return `select '${table}.' || slice as name, count(*) as n from main.${table} group by slice`
  })
  const slices = counts.length === 0 ? [] : await database.query(counts.join(' union all '))
  return new Map([...tables, ...slices].map(({ name, n }) => [String(name), Number(n)]))
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
