import { UserError } from '#config'
import type { Logger } from './logger.ts'
import { openPublication, readCurrent, type Publication } from './publication.ts'

/** The right to read one version; the file stays open until every lease on it is released. */
export type Lease = { readonly publication: Publication; release(): void }

/** Holds the published version in use and replaces it under load. */
export type Shelf = {
  version(): string
  /** The name of the model of the present version; empty before the first publish. */
  model(): string
  lease(): Lease
  /** Takes what `current.json` names now; requests that began on the old version finish on it. */
  swap(): Promise<void>
  close(): Promise<void>
}

type ShelfOptions = {
  readonly publishedDir: string
  readonly poolSize: number
  readonly logger: Logger
  /** Asks a first query of a version before anybody else does; a throw keeps the old version. */
  readonly warmUp: (publication: Publication) => Promise<void>
  /** Told of each version that nobody reads any more. */
  readonly forget: (publication: Publication) => void
}

type Entry = {
  readonly publication: Publication
  readonly isIdle: Promise<void>
  lease(): Lease
  retire(): void
}

export function createShelf(options: ShelfOptions): Shelf {
  const { forget, logger } = options
  let current: Entry | null = null
  let retiring: Promise<void>[] = []
  let swapping: Promise<void> = Promise.resolve()

  const retire = async (entry: Entry): Promise<void> => {
    entry.retire()
    await entry.isIdle
    forget(entry.publication)
    await entry.publication.database.close()
    logger.info(`event=version_closed version=${entry.publication.version}`)
  }
  const swapNow = async (): Promise<void> => {
    const next = await openNext(options, current?.publication.version)
    if (next === null) return
    const old = current
    current = next
    logger.info(`event=version_taken version=${next.publication.version}`)
    if (old !== null) retiring = [...retiring, retire(old)]
  }
  return {
    version: () => current?.publication.version ?? '',
    model: () => current?.publication.model ?? '',
    lease: () => {
      if (current === null) {
        throw new UserError('No warehouse is published yet. Run `embut build`, then ask again.')
      }
      return current.lease()
    },
    swap: () => {
      const swapped = swapping.then(swapNow)
      swapping = swapped.catch(() => undefined)
      return swapped
    },
    close: async () => {
      await swapping
      if (current !== null) retiring = [...retiring, retire(current)]
      current = null
      await Promise.all(retiring)
    },
  }
}

async function openNext(options: ShelfOptions, version: string | undefined): Promise<Entry | null> {
  const { publishedDir, poolSize, warmUp } = options
  const named = await readCurrent(publishedDir)
  if (named === null || named.version === version) return null
  const publication = await openPublication(named, poolSize)
  try {
    await warmUp(publication)
  } catch (error) {
    await publication.database.close()
    throw error
  }
  return createEntry(publication)
}

function createEntry(publication: Publication): Entry {
  let leases = 0
  let isRetired = false
  const idle = Promise.withResolvers<void>()
  const settle = (): void => {
    if (isRetired && leases === 0) idle.resolve()
  }
  return {
    publication,
    isIdle: idle.promise,
    retire: () => {
      isRetired = true
      settle()
    },
    lease: () => {
      leases += 1
      let isHeld = true
      const release = (): void => {
        if (!isHeld) return
        isHeld = false
        leases -= 1
        settle()
      }
      return { publication, release }
    },
  }
}

/** Does work on the present version and gives the lease back whatever happens. */
export async function leased<T>(shelf: Shelf, work: (lease: Lease) => Promise<T>): Promise<T> {
  const lease = shelf.lease()
  try {
    return await work(lease)
  } finally {
    lease.release()
  }
}
