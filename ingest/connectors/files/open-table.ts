import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Connection } from '#warehouse'
import { literal } from '#warehouse'
import { transcode } from './encoding.ts'
import type { Content } from './encoding.ts'
import type { FoundFile } from './find.ts'
import { readHeader } from './header.ts'
import { columnsOf } from './select.ts'
import { csvTable, jsonTable, parquetTable, sheetTable } from './table.ts'
import type { FileTable } from './table.ts'
import { sheetToCsv } from './xlsx.ts'

/** A file as DuckDB can read it: where it lies, or a copy in UTF-8 in `scratch` when DuckDB can't read the original. */
export type OpenedFile = {
  readonly table: FileTable
  readonly path: string
  readonly flags: readonly string[]
}

export async function openTable(
  connection: Connection,
  file: FoundFile,
  content: Content,
  scratch: string,
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
  const path = isUtf8 ? file.path : await scratchPath(scratch, content.hash, charset)
  if (!isUtf8) await transcode(file.path, path, charset)
  const expected = Object.values(file.mapping.columns).flatMap(columnsOf)
  const { columns, delimiter } = await readHeader(path, file.id, expected, file.mapping.delimiter)
  const flags = isUtf8 ? [] : [`${file.id} read as ${charset}`]
  return { table: csvTable(path, columns, delimiter), path, flags }
}

async function openSheet(file: FoundFile, content: Content, scratch: string): Promise<OpenedFile> {
  const path = await scratchPath(scratch, content.hash, String(file.mapping.sheet ?? 'sheet'))
  const columns = await sheetToCsv(file.path, path, file.id, file.mapping.sheet)
  return { table: sheetTable(path, columns), path, flags: [] }
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

async function scratchPath(scratch: string, hash: string, part: string): Promise<string> {
  await mkdir(scratch, { recursive: true })
  return join(scratch, `${hash.slice(0, 32)}-${part.replaceAll(/[^\w-]/g, '_')}.csv`)
}
