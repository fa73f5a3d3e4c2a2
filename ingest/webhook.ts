import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Field, Schema, Utf8 } from 'apache-arrow'
import { z } from 'zod'
import type { ConnectorSession, Cursor, Stream, StreamMessage } from './connector.ts'
import { writeDurably } from './durable.ts'
import { textBatch } from './text-batch.ts'

/** What a source sent by itself, as it came; models may use it before the next full read tells the same. */
const WEBHOOKS: Stream = {
  name: 'webhooks',
  key: ['webhook_id'],
  schema: new Schema([
    new Field('webhook_id', new Utf8(), true),
    new Field('received_at', new Utf8(), true, new Map([['duckdb', 'TIMESTAMP']])),
    new Field('body', new Utf8(), true, new Map([['duckdb', 'JSON']])),
  ]),
  tracksDeletes: false,
}

/** The column of a row in quarantine that holds what was sent, as it is stored. */
export const SENT = '_sent'

const storedSchema = z.object({
  webhook_id: z.string(),
  received_at: z.string(),
  body: z.string(),
  /** The stream that it is meant for, when not for all: one that could not use it before. */
  only: z.string().exactOptional(),
})
const cursorSchema = z.object({ read: z.array(z.string()) })

/** Writes a webhook's body to the spool of its source; on the disk when it returns. Returns its id. */
export async function storeWebhook(spoolFolder: string, body: unknown, now: Date): Promise<string> {
  const id = randomUUID()
  await keep(spoolFolder, { webhook_id: id, received_at: now.toISOString(), body: JSON.stringify(body) }, now)
  return id
}

/** Puts what was sent back into the inbox, for the one stream that could not use it. On the disk when it returns. */
export async function storeAgain(
  spoolFolder: string,
  { sent, stream, now }: { readonly sent: unknown; readonly stream: string; readonly now: Date },
): Promise<void> {
  await keep(spoolFolder, { ...storedSchema.parse(sent), only: stream }, now)
}

async function keep(spoolFolder: string, stored: z.output<typeof storedSchema>, now: Date): Promise<void> {
  const folder = inbox(spoolFolder)
  await mkdir(folder, { recursive: true })
  const name = `${now.getTime()}-${randomUUID()}.json`
  await writeDurably(folder, name, Buffer.from(JSON.stringify(stored)))
}

/** A session that also reads what was sent to the source's inbox, if anything ever was. */
export function withWebhooks(session: ConnectorSession, spoolFolder: string): ConnectorSession {
  const folder = inbox(spoolFolder)
  if (session.ownsInbox === true || !existsSync(folder)) return session
  return {
    ...session,
    streams: [...session.streams, WEBHOOKS],
    read: (stream, cursor) =>
      stream === WEBHOOKS ? readInbox(spoolFolder, cursor) : session.read(stream, cursor),
  }
}

/** A kept webhook: its file's name, its id, when it came (ISO, UTC) and its body as JSON text. */
export type StoredWebhook = Readonly<z.output<typeof storedSchema>> & { readonly file: string }

/** What was sent to a source and is kept, oldest first. */
export async function inboxFiles(spoolFolder: string): Promise<readonly StoredWebhook[]> {
  const folder = inbox(spoolFolder)
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort()
  return Promise.all(
    names.map(async (file) => ({
      file,
      ...storedSchema.parse(JSON.parse(await readFile(join(folder, file), 'utf8'))),
    })),
  )
}

/** Removes what is in the warehouse, or on the disk on its way there. */
export async function removeFromInbox(spoolFolder: string, files: readonly string[]): Promise<void> {
  for (const name of files) await rm(join(inbox(spoolFolder), name), { force: true })
}

/** The cursor lists the files it stands for: as it is on the disk, so are their rows, and they can go. */
async function* readInbox(spoolFolder: string, cursor: Cursor | null): AsyncGenerator<StreamMessage> {
  await removeFromInbox(spoolFolder, cursorSchema.safeParse(cursor).data?.read ?? [])
  const stored = await inboxFiles(spoolFolder)
  const next = { read: stored.map(({ file }) => file) }
  const rows = stored.map(({ webhook_id, received_at, body }) => ({ webhook_id, received_at, body }))
  if (rows.length > 0) yield { kind: 'records', batch: textBatch(WEBHOOKS.schema, rows), cursor: next }
  yield { kind: 'done', cursor: next }
}

function inbox(spoolFolder: string): string {
  return join(spoolFolder, '_webhooks')
}
