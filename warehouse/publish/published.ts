import { randomBytes } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { UserError } from '#config'
import { writeFileDurably } from './durable.ts'

/** A published warehouse. `file` is its full path; `publishedAt` is ISO 8601 UTC. */
export type Published = {
  readonly version: string
  readonly file: string
  readonly publishedAt: string
  readonly bytes: number
  readonly isCurrent: boolean
}

const currentSchema = z.object({ version: z.string(), file: z.string(), publishedAt: z.string() })
const FILE = /^marts-(\d{14}-[0-9a-f]{4})\.duckdb$/

/** Folder of the published files. */
export function publishedFolder(dataDir: string): string {
  return join(dataDir, 'published')
}

/** A new version: the moment in UTC and four random digits, so that two in one second differ. */
export function newVersion(now: Date): string {
  return `${now.toISOString().replaceAll(/\D/g, '').slice(0, 14)}-${randomBytes(2).toString('hex')}`
}

/** Name of the file of a version. */
export function fileOfVersion(version: string): string {
  return `marts-${version}.duckdb`
}

/** The version that readers are to take; null before the first publish. */
export async function currentPublished(folder: string): Promise<Published | null> {
  return (await listPublished(folder)).find(({ isCurrent }) => isCurrent) ?? null
}

/** All published files that are kept, newest first. */
export async function listPublished(folder: string): Promise<readonly Published[]> {
  const current = await readCurrent(folder)
  const names = await readdir(folder).catch(() => [])
  const versions = names.flatMap((name) => FILE.exec(name)?.[1] ?? []).sort()
  return Promise.all(
    versions.toReversed().map(async (version) => {
      const file = join(folder, fileOfVersion(version))
      const { size } = await stat(file)
      const isCurrent = current?.version === version
      return {
        version,
        file,
        publishedAt: isCurrent ? current.publishedAt : momentOf(version),
        bytes: size,
        isCurrent,
      }
    }),
  )
}

/** Makes a version that is still kept the current one. Throws UserError naming the versions there are. */
export async function restorePublished(folder: string, version: string): Promise<Published> {
  const all = await listPublished(folder)
  const found = all.find((each) => each.version === version)
  if (found === undefined) {
    const known =
      all.length === 0 ? 'none is kept' : `kept are: ${all.map((each) => each.version).join(', ')}`
    throw new UserError(`There is no published version ${version}; ${known}. See \`embut publish --list\`.`)
  }
  await makeCurrent(folder, version, found.publishedAt)
  return { ...found, isCurrent: true }
}

/** Points readers to a version, at once and for good. */
export async function makeCurrent(folder: string, version: string, publishedAt: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  const text = JSON.stringify({ version, file: fileOfVersion(version), publishedAt })
  await writeFileDurably(join(folder, 'current.json'), `${text}\n`)
}

/** Removes the oldest published files beyond `keep` files or `keepBytes` together; never the current one. */
export async function prunePublished(
  folder: string,
  keep: number,
  keepBytes: number,
): Promise<readonly string[]> {
  const all = await listPublished(folder)
  const current = all.filter(({ isCurrent }) => isCurrent)
  let bytes = current.reduce((sum, each) => sum + each.bytes, 0)
  let count = current.length
  const removed: string[] = []
  for (const each of all.filter(({ isCurrent }) => !isCurrent)) {
    if (count < keep && bytes + each.bytes <= keepBytes) {
      count += 1
      bytes += each.bytes
      continue
    }
    await rm(each.file, { force: true })
    removed.push(each.version)
  }
  return removed
}

async function readCurrent(folder: string): Promise<z.output<typeof currentSchema> | null> {
  const path = join(folder, 'current.json')
  const text = await readFile(path, 'utf8').catch(() => null)
  if (text === null) return null
  try {
    return currentSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new UserError(`${path} is damaged. Choose a version with \`embut publish --restore <version>\`.`, {
      cause,
    })
  }
}

function momentOf(version: string): string {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})/.exec(version) ?? []
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
}
