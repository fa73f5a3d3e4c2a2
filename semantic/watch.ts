import { watch } from 'node:fs'
import { mkdir } from 'node:fs/promises'

const SETTLE_MS = 100
const POLL_MS = 10_000

/**
 * Calls `changed` shortly after `current.json` of a folder is replaced. Some file systems report nothing,
 * so it also calls every ten seconds. Returns how to stop.
 */
export async function watchCurrent(publishedDir: string, changed: () => void): Promise<() => void> {
  await mkdir(publishedDir, { recursive: true })
  let settling: NodeJS.Timeout | undefined
  const watcher = watch(publishedDir, { persistent: false }, (_event, name) => {
    if (name !== null && name !== 'current.json') return
    clearTimeout(settling)
    settling = setTimeout(changed, SETTLE_MS)
  })
  const polling = setInterval(changed, POLL_MS)
  polling.unref()
  return () => {
    watcher.close()
    clearInterval(polling)
    clearTimeout(settling)
  }
}
