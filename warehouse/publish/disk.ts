import { stat, statfs } from 'node:fs/promises'
import { UserError } from '#config'

export type FreeBytes = (folder: string) => Promise<number>

/** Bytes that an ordinary user can still write where `folder` is. */
export const freeBytes: FreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}

/** Size of a file in bytes, 0 if there is none. */
export async function sizeOf(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0
}

const SPARE_BYTES = 64 * 1024 * 1024

/** Throws UserError when a build that needs `bytes` would fill the disk. */
export async function requireSpace(folder: string, bytes: number, free: FreeBytes): Promise<void> {
  const needed = bytes + SPARE_BYTES
  const available = await free(folder)
  if (available >= needed) return
  throw new UserError(
    `Not enough disk space to build: ${megabytes(available)} free in ${folder}, about ${megabytes(needed)} needed. ` +
      'Free some space, or keep fewer published versions (publish.keep in embut.yaml). Readers keep the last version.',
  )
}

function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1_000_000).toLocaleString('en')} MB`
}
