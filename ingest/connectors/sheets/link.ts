import { SourceError, UserError } from '#config'
import type { ConnectorContext } from '../../connector.ts'

const WAITS_MS = [1000, 4000, 15_000]
const MAX_BYTES = 512 * 1024 * 1024

/** What tells a sheet that did not change, as its server said it. */
export type Seen = { readonly etag: string | null; readonly modified: string | null }

/** A sheet's text, or null when its server says that it is as it was. */
export type Downloaded = { readonly text: Buffer; readonly seen: Seen } | null

/**
 * The address of a sheet's CSV. A link as the browser shows it (`…/edit#gid=7`) is made one to download; any other link
 * is taken as it is.
 */
export function csvAddress(url: string): string {
  const [, key, rest = ''] =
    /^(https:\/\/docs\.google\.com\/spreadsheets\/d\/[^/]+)\/(?:edit|view|htmlview)(.*)$/.exec(url) ?? []
  if (key === undefined) return url
  const gid = /[#&?]gid=(\d+)/.exec(rest)?.[1] ?? '0'
  return `${key}/export?format=csv&gid=${gid}`
}

/**
 * Downloads a sheet unless it is as it was. Throws UserError for one that is not shared or not CSV, SourceError when
 * its server keeps refusing.
 */
export async function download(context: ConnectorContext, url: string, seen: Seen): Promise<Downloaded> {
  const response = await answerOf(context, url, seen)
  if (response.status === 304) return null
  const type = response.headers.get('content-type') ?? ''
  const text = Buffer.from(await response.arrayBuffer())
  if (text.length > MAX_BYTES) throw refused(context, url, `is larger than ${MAX_BYTES / 2 ** 20} MB`)
  // A sheet that is not shared answers 200 with a page to sign in.
  if (type.includes('html') || text.subarray(0, 64).toString('latin1').trimStart().startsWith('<')) {
    throw refused(
      context,
      url,
      'is not shared, or the link leads to a page. Share it with anyone who has the link',
    )
  }
  return {
    text,
    seen: { etag: response.headers.get('etag'), modified: response.headers.get('last-modified') },
  }
}

async function answerOf(context: ConnectorContext, url: string, seen: Seen): Promise<Response> {
  const headers = {
    ...(seen.etag === null ? {} : { 'if-none-match': seen.etag }),
    ...(seen.modified === null ? {} : { 'if-modified-since': seen.modified }),
  }
  for (const wait of [...WAITS_MS, null]) {
    const response = await reached(context, url, headers)
    if (response.ok || response.status === 304) return response
    const isBusy = response.status === 429 || response.status >= 500
    if (!isBusy) throw refused(context, url, `answers ${response.status}. Mend the link or share the sheet`)
    if (wait === null) break
    const asked = Number(response.headers.get('retry-after')) * 1000
    await context.sleep(Number.isFinite(asked) && asked > 0 ? asked : wait)
  }
  throw new SourceError(`Source ${context.source.name}: ${placeOf(url)} is too busy to answer`, {
    source: context.source.name,
    retryable: true,
  })
}

async function reached(
  context: ConnectorContext,
  url: string,
  headers: Record<string, string>,
): Promise<Response> {
  try {
    return await context.fetch(url, { headers, redirect: 'follow', signal: AbortSignal.timeout(120_000) })
  } catch (cause) {
    throw new SourceError(`Source ${context.source.name}: ${placeOf(url)} can't be reached`, {
      source: context.source.name,
      retryable: true,
      cause,
    })
  }
}

function refused({ source }: ConnectorContext, url: string, what: string): UserError {
  return new UserError(`Source ${source.name}: the sheet at ${placeOf(url)} ${what}.`)
}

/** A link is a secret: whoever has it reads the sheet. */
function placeOf(url: string): string {
  return new URL(url).host
}
