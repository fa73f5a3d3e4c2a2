import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '#config'
import { currentPublished, limitsOf, projectChecksum, type Published } from '#warehouse'
import type { Workspace } from '#workspace'
import { PROJECT_ROOT, publishedDir } from './context.ts'

const noteSchema = z.object({
  version: z.string(),
  loadId: z.number(),
  checksum: z.string(),
  /** The newest load that the slow models know; null where they never ran, or in another shape. */
  slowLoadId: z.number().nullable(),
})

/** What a published version was built from. */
type Note = Readonly<z.output<typeof noteSchema>>

const LOOK_BACK = 5000

/**
 * What a build would be made of now: the newest load that changed a row, and the models. `published` is the current
 * version when it was built from just that, so that building again would change nothing; `withSlow` asks it of the slow
 * models too.
 */
export async function buildInputs(config: Config, workspace: Workspace, withSlow: boolean) {
  const [loadId, checksum] = await Promise.all([lastChange(workspace), projectChecksum(PROJECT_ROOT)])
  const current = await currentPublished(publishedDir(config))
  const note = readNote(config)
  const isSame =
    note !== undefined &&
    note.version === current?.version &&
    note.loadId === loadId &&
    note.checksum === checksum &&
    (!withSlow || note.slowLoadId === loadId)
  const slowBefore = note?.checksum === checksum ? note.slowLoadId : null
  const slowLoadId = withSlow ? loadId : slowBefore
  return {
    published: isSame ? current : null,
    remember: (built: Published) =>
      remember(config, { version: built.version, loadId, checksum, slowLoadId }),
  }
}

/** True when forecasts, lifetime value and attribution have been built in their present shape. */
export function hasSlowModels(config: Config): boolean {
  return typeof readNote(config)?.slowLoadId === 'number'
}

async function lastChange(workspace: Workspace): Promise<number> {
  const loads = await workspace.loads.list({ limit: LOOK_BACK })
  const before = new Map<string, string>()
  const changing = loads.toReversed().filter((load) => {
    const stream = `${load.sourceName}.${load.stream}`
    // What every passport says of a load; when it changes, so do they.
    const said = limitsOf(load.flags).join()
    const isNews = said !== (before.get(stream) ?? '')
    before.set(stream, said)
    return isNews || load.rowsInserted + load.rowsUpdated + load.rowsDeleted + load.rowsQuarantined > 0
  })
  return Math.max(0, ...changing.map((load) => load.loadId))
}

function noteFile(config: Config): string {
  return join(publishedDir(config), 'built-from.json')
}

// A note that is missing or damaged only costs a build.
function readNote(config: Config): Note | undefined {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(noteFile(config), 'utf8')))
  } catch {
    return undefined
  }
}

function remember(config: Config, note: Note): void {
  writeFileSync(noteFile(config), JSON.stringify(note))
}
