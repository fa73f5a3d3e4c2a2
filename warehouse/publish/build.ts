import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '#config'
import type { Config } from '#config'
import type { Connection } from '../connection.ts'
import { withWarehouse } from '../instance.ts'
import { carryOverSlow } from './carry-over.ts'
import { continueBuild } from './continued/build.ts'
import { dropKept, keepWhole, keptFolder, noteKept, takeKept, workFile } from './continued/kept.ts'
import type { Standing } from './continued/kept.ts'
import { dbtPidFile, readManifest, runDbtBuild } from './dbt.ts'
import type { DbtRun } from './dbt.ts'
import { freeBytes, requireSpace, sizeOf } from './disk.ts'
import type { FreeBytes } from './disk.ts'
import { renameDurably } from './durable.ts'
import { dropLeftovers } from './leftovers.ts'
import { endOrphan } from './orphan.ts'
import { digest, projectChecksum } from './project-files.ts'
import {
  currentPublished,
  fileOfVersion,
  makeCurrent,
  newVersion,
  prunePublished,
  publishedFolder,
} from './published.ts'
import type { Published } from './published.ts'
import { rememberBuild } from './remembered.ts'

/** A step of a build. `done` and `total` count models and tests while dbt runs. */
export type BuildProgress = {
  readonly step: 'wait' | 'build' | 'publish'
  readonly done: number
  readonly total: number
  readonly message: string
}

export type BuildOptions = {
  readonly config: Pick<Config, 'dataDir' | 'publish' | 'sources'>
  readonly projectRoot: string
  /** Runs `work` while no merge and no other build holds the raw warehouse; the signal tells that the lock was lost. */
  readonly withRawLock: <T>(work: (signal?: AbortSignal) => Promise<T>) => Promise<T>
  readonly progress?: (event: BuildProgress) => void
  readonly vars?: Readonly<Record<string, unknown>>
  /** Builds the slow models too; without them their tables stay as they were published last. */
  readonly withSlow?: boolean
  /** Builds everything anew with dbt, whatever could be gone on from. */
  readonly isWhole?: boolean
  readonly now?: () => Date
  readonly freeBytes?: FreeBytes
}

/**
 * Builds the marts beside the published ones, tests them and publishes them under a new version. Whatever fails, the
 * published files stay as they are: throws UserError that says which model or test failed and why.
 */
export async function buildAndPublish(options: BuildOptions): Promise<Published> {
  const { config, withRawLock, progress } = options
  const folder = publishedFolder(config.dataDir)
  await mkdir(folder, { recursive: true })
  progress?.({ step: 'wait', done: 0, total: 1, message: 'Waiting for the raw warehouse' })
  return withRawLock(async (signal) => {
    const build = await startBuild(options, folder, signal)
    try {
      return await publish(build, await buildFile(build))
    } finally {
      await rm(build.scratch, { recursive: true, force: true })
    }
  })
}

type Build = {
  readonly options: BuildOptions
  readonly folder: string
  /** Everything in it goes when the build ends; what a killed build left goes when the next one starts. */
  readonly scratch: string
  readonly dbt: DbtRun
  /** What the file is built from, beside the models. */
  readonly origin: ReadonlyMap<string, string>
}

async function startBuild(
  options: BuildOptions,
  folder: string,
  signal: AbortSignal | undefined,
): Promise<Build> {
  const { config, projectRoot, progress } = options
  const scratch = join(folder, '.build')
  const stateFolder = join(config.dataDir, 'dbt')
  await endOrphan(dbtPidFile(stateFolder), stateFolder)
  await rm(scratch, { recursive: true, force: true })
  await mkdir(scratch)
  const rawFile = join(config.dataDir, 'raw.duckdb')
  const warehouseId = await checkpointRaw(rawFile)
  const vars = options.vars ?? {}
  const context = [vars, config.sources.map(({ name, connector }) => [name, connector])]
  // One name for every build: dbt parses everything anew when the path in its profile changes.
  const buildFile = join(scratch, 'marts.duckdb')
  const report: DbtRun['progress'] = ({ done, total, name }) =>
    progress?.({ step: 'build', done, total, message: name })
  return {
    options,
    folder,
    scratch,
    dbt: {
      projectRoot,
      stateFolder,
      buildFile,
      rawFile,
      workFile: workFile(stateFolder),
      vars,
      withSlow: options.withSlow ?? false,
      progress: report,
      ...(signal === undefined ? {} : { signal }),
    },
    origin: new Map([
      ['warehouse', warehouseId],
      ['context', digest(context)],
      ['project', await projectChecksum(projectRoot)],
    ]),
  }
}

async function checkpointRaw(rawFile: string): Promise<string> {
  if ((await sizeOf(rawFile)) === 0) {
    throw new UserError('There is nothing to build yet: no source has been read. Run `embut sync` first.')
  }
  return withWarehouse(rawFile, { waitMs: 30_000 }, async (connection) => {
    await connection.run('checkpoint')
    const rows = await connection.query(`select value from raw_embut.settings where name = 'warehouse_id'`)
    return String(rows[0]?.['value'])
  })
}

/** What was built, and where the manifest of its models is. */
type Built = { readonly standing: Standing | null; readonly manifestFolder: string }

async function buildFile(build: Build): Promise<Built> {
  const { options, folder, dbt, origin } = build
  const base = await currentPublished(folder)
  const rawBytes = await sizeOf(dbt.rawFile)
  await requireSpace(folder, (base?.bytes ?? rawBytes) * 3, options.freeBytes ?? freeBytes)
  const kept = await takeKept(dbt.stateFolder)
  if (kept !== null && base !== null && !dbt.withSlow && options.isWhole !== true) {
    const standing = await continueBuild({ dbt, origin, base, kept, now: (options.now ?? moment)() })
    if (standing !== null) return { standing, manifestFolder: keptFolder(dbt.stateFolder) }
  }
  await dropKept(dbt.stateFolder)
  options.progress?.({ step: 'build', done: 0, total: 0, message: 'Starting dbt' })
  await runDbtBuild(dbt)
  return { standing: await keepWhole(dbt.stateFolder, dbt.rawFile), manifestFolder: dbt.stateFolder }
}

const moment = () => new Date()

async function publish({ options, folder, dbt, origin }: Build, built: Built): Promise<Published> {
  const { config, progress, now = moment } = options
  progress?.({ step: 'publish', done: 0, total: 1, message: 'Publishing' })
  const manifest = await readManifest(built.manifestFolder)
  const base = await currentPublished(folder)
  await withWarehouse(dbt.buildFile, {}, async (connection: Connection) => {
    if (!dbt.withSlow) await carryOverSlow(connection, manifest, base?.file ?? null)
    await dropLeftovers(connection, manifest)
    await connection.run('checkpoint')
  })
  const version = newVersion(now())
  await renameDurably(dbt.buildFile, join(folder, fileOfVersion(version)))
  await rememberBuild(dbt.rawFile, join(folder, fileOfVersion(version)), dbt.withSlow)
  await makeCurrent(folder, version, now().toISOString())
  if (built.standing !== null) {
    await noteKept(dbt.stateFolder, { ...built.standing, version, origin: Object.fromEntries(origin) })
  }
  await prunePublished(folder, config.publish.keep, config.publish.keepBytes)
  const published = await currentPublished(folder)
  if (published?.version !== version) throw new Error(`Version ${version} was published but is not current`)
  progress?.({ step: 'publish', done: 1, total: 1, message: version })
  return published
}
