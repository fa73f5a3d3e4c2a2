import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from '#warehouse'
import { literal } from '#warehouse'
import type { MappedTable } from '../mapping/column.ts'
import { transcode } from './encoding.ts'
import type { Content } from './encoding.ts'
import type { FoundFile } from './find.ts'
import { readHeader } from './header.ts'
import type { HeaderWanted } from './header.ts'
import { fixedLayout } from './calls/index.ts'
import { hasSoundQuotes, isolateBrokenLines } from './quotes.ts'
import { wantedColumns } from './source.ts'
import { csvTable, jsonTable, parquetTable, sheetTable } from './table.ts'
import type { CsvLayout } from './table.ts'
import { sheetToCsv } from './xlsx/index.ts'

/** A file as DuckDB can read it: where it lies, or a copy in UTF-8 in `scratch` when DuckDB can't read the original. */
export type OpenedFile = {
  readonly table: MappedTable
  readonly path: string
  readonly flags: readonly string[]
}

/** What a file holds, and the folder for a copy of it. */
export type FileContent = { readonly content: Content; readonly scratch: string }

export async function openTable(
  connection: Connection,
  file: FoundFile,
  { content, scratch }: FileContent,
): Promise<OpenedFile> {
  switch (file.format) {
    case 'csv':
      return openCsv(file, content, scratch)
    case 'xlsx':
      return openSheet(file, content, scratch)
    case 'parquet': {
      const rows = await connection.query(`describe from read_parquet(${literal(file.path)})`)
      const columns = rows.map((row) => String(row['column_name']))
      return { table: parquetTable(file.path, columns), path: file.path, flags: [] }
    }
    case 'json':
    case 'jsonl':
      return openJson(connection, file, file.format)
  }
}

async function openCsv(file: FoundFile, content: Content, scratch: string): Promise<OpenedFile> {
  const charset = file.mapping.charset ?? content.charset
  const isUtf8 = /^utf-?8$/i.test(charset) || charset === 'ascii'
  const path = isUtf8
    ? file.path
    : await scratchCopy(scratch, `${content.hash}-${charset}`, (to) => transcode(file.path, to, charset))
  const flags = isUtf8 ? [] : [`${file.id} read as ${charset}`]
  const { columns, layout } = await layoutOf(path, file)
  const isQuoted = layout.isQuoted !== false && (content.hasQuotes || !isUtf8)
  if (!isQuoted || (await hasSoundQuotes(path, layout.delimiter))) {
    return { table: csvTable(path, columns, layout), path, flags }
  }
  const mended = await scratchCopy(scratch, `${content.hash}-${charset}-quotes`, (to) =>
    isolateBrokenLines(path, to, layout.delimiter),
  )
  const note = `${file.id} has quotes out of place; only their lines were put aside`
  return { table: csvTable(mended, columns, layout), path: mended, flags: [...flags, note] }
}

type Laid = { readonly columns: readonly string[]; readonly layout: CsvLayout }

async function layoutOf(path: string, file: FoundFile): Promise<Laid> {
  const fixed = fixedLayout(file.mapping)
  const wanted = headerWanted(file, file.mapping.delimiter ?? fixed?.delimiter)
  const { columns, delimiter } = await readHeader(path, wanted)
  // A first line that names none of the columns is a line like any other.
  if (fixed === null || columns.some((name) => fixed.columns.includes(name))) {
    const quoting = fixed === null ? {} : { isQuoted: fixed.isQuoted }
    return { columns, layout: { delimiter, ...quoting } }
  }
  const layout = { delimiter, header: false, isPadded: !fixed.isCut, isQuoted: fixed.isQuoted }
  return { columns: fixed.columns.slice(0, fixed.isCut ? columns.length : undefined), layout }
}

async function openSheet(file: FoundFile, content: Content, scratch: string): Promise<OpenedFile> {
  const { sheet } = file.mapping
  const path = await scratchCopy(scratch, `${content.hash}-${sheet ?? ''}`, (to) =>
    sheetToCsv(file.path, to, { label: file.id, sheet }),
  )
  const { columns } = await readHeader(path, headerWanted(file, ','))
  return { table: sheetTable(path, columns.slice(0, -1)), path, flags: [] }
}

function headerWanted({ id, mapping }: FoundFile, delimiter: string | undefined): HeaderWanted {
  return { label: id, expected: wantedColumns(mapping), delimiter }
}

async function openJson(
  connection: Connection,
  file: FoundFile,
  format: 'json' | 'jsonl',
): Promise<OpenedFile> {
  const { from } = jsonTable(file.path, format, [])
  const rows = await connection.query(
    `select distinct unnest(json_keys(src.json)) as name from ${from} order by name`,
  )
  const columns = rows.map((row) => String(row['name']))
  return { table: jsonTable(file.path, format, columns), path: file.path, flags: [] }
}

/**
 * A copy in the scratch folder, made once: a second mapping of the same content must find the very file that the first
 * one spooled, for a file that changed since it was spooled is read again.
 */
async function scratchCopy(
  scratch: string,
  name: string,
  write: (to: string) => Promise<void>,
): Promise<string> {
  await mkdir(scratch, { recursive: true })
  const path = join(scratch, `${createHash('sha256').update(name).digest('hex').slice(0, 32)}.csv`)
  if (existsSync(path)) return path
  await write(`${path}.tmp`)
  await rename(`${path}.tmp`, path)
  return path
}
