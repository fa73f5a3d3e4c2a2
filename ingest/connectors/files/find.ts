import { glob, stat } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { UserError } from '#config'
import { entityOf } from './source.ts'
import type { FileMapping, FilesSource } from './source.ts'
import { FORMATS } from './table.ts'
import type { Format } from './table.ts'

/** A file on the disk with the mapping it falls under. `id` is its name within the source, e.g. `deals/2024.csv`. */
export type FoundFile = {
  readonly id: string
  readonly path: string
  readonly mapping: FileMapping
  readonly format: Format
  readonly size: number
  /** When content or attributes last changed, in ms: tells an unchanged file without reading it. */
  readonly changedMs: number
}

/**
 * The files of one entity, in the order of their mappings and names. Throws UserError for a folder that isn't there
 * and for a pattern that matches nothing.
 */
export async function findFiles(source: FilesSource, entity: string): Promise<readonly FoundFile[]> {
  await requireFolder(source)
  const seen = new Map<string, number>()
  const found: FoundFile[] = []
  for (const mapping of source.files.filter((each) => entityOf(each) === entity)) {
    const names = await matching(source, mapping)
    for (const name of names) {
      // Mapped twice to one entity (the agents and the heads of one list, say), a file counts as two.
      const count = (seen.get(name) ?? 0) + 1
      seen.set(name, count)
      found.push(await describe(join(source.folder, name), mapping, count === 1 ? name : `${name}#${count}`))
    }
  }
  return found
}

async function requireFolder(source: FilesSource): Promise<void> {
  const folder = await stat(source.folder).catch(() => null)
  if (folder?.isDirectory() === true) return
  throw new UserError(
    `Source ${source.name}: the folder ${source.folder} is not there. Mend folder in embut.yaml or create it.`,
  )
}

async function matching(source: FilesSource, mapping: FileMapping): Promise<readonly string[]> {
  const names: string[] = []
  for await (const name of glob(mapping.match, { cwd: source.folder })) {
    const entry = await stat(join(source.folder, name))
    if (entry.isFile()) names.push(name.replaceAll('\\', '/'))
  }
  if (names.length > 0) return names.sort()
  throw new UserError(
    `Source ${source.name}: no file in ${source.folder} matches "${mapping.match}" (${mapping.entity}). ` +
      'Put the file there or mend match in embut.yaml.',
  )
}

async function describe(path: string, mapping: FileMapping, id: string): Promise<FoundFile> {
  const { size, ctimeMs } = await stat(path)
  return { id, path, mapping, format: mapping.format ?? formatOf(path), size, changedMs: ctimeMs }
}

function formatOf(path: string): Format {
  const extension = extname(path).slice(1).toLowerCase()
  const aliases: Readonly<Record<string, Format>> = { tsv: 'csv', txt: 'csv', ndjson: 'jsonl', pq: 'parquet' }
  const format = FORMATS.find((each) => each === extension) ?? aliases[extension]
  if (format !== undefined) return format
  throw new UserError(
    `${name}: the ending .${extension} is not known. Add format: csv, xlsx, parquet, json or jsonl.`,
  )
}
