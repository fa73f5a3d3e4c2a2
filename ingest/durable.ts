import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** Writes under another name, syncs, renames and syncs the folder: after a crash the file is whole or absent. */
export async function writeDurably(folder: string, name: string, data: Uint8Array): Promise<void> {
  const temporary = join(folder, `${name}.tmp`)
  const handle = await open(temporary, 'w')
  try {
    await handle.writeFile(data)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(temporary, join(folder, name))
  await syncFolder(folder)
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
