import { createHash } from 'node:crypto'
import { glob, readFile } from 'node:fs/promises'
import { join } from 'node:path'

const PATTERNS = [
  'dbt_project.yml',
  'models/**/*.{sql,yml,py}',
  'warehouse/{macros,seeds}/**/*.{sql,csv,yml}',
]

/** A checksum of everything that dbt reads of the project: as long as it stays, no model can have changed. */
export async function projectChecksum(projectRoot: string): Promise<string> {
  const names: string[] = []
  for await (const name of glob(PATTERNS, { cwd: projectRoot })) names.push(name)
  const texts = await Promise.all(names.sort().map((name) => readFile(join(projectRoot, name), 'utf8')))
  return digest([names, texts])
}

/** A checksum of a list of texts. */
export function digest(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}
