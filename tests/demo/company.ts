import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDemoCompany, type DemoOptions, type DemoSummary } from '#demo'

export type Row = Readonly<Record<string, unknown>>

/** A miniature company in a new folder. */
export function createMiniature(options: Partial<DemoOptions> = {}): Promise<DemoSummary> {
  return createDemoCompany({ dir: mkdtempSync(join(tmpdir(), 'embut-demo-')), size: 'miniature', ...options })
}

/** The records of one kind in the generated CRM. */
export function crmRows(company: DemoSummary, table: string): Row[] {
  const text = readFileSync(join(company.crmDir, `${table}.ndjson`), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line): Row => JSON.parse(line))
}

export function csvRows(company: DemoSummary, path: string, delimiter = ';'): string[][] {
  const text = readFileSync(join(company.dir, 'files', path), 'utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(delimiter))
}

/** One hash of every generated file by its path; a spreadsheet's bytes hold the time of writing, so it is left out. */
export function fingerprint(dir: string): string {
  const hash = createHash('sha256')
  const names = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.xlsx'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const name of names) hash.update(name.slice(dir.length)).update(readFileSync(name))
  return hash.digest('hex')
}
