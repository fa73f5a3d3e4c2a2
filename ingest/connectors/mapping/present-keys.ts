import { identifier } from '#warehouse'
import type { Connection } from '#warehouse'
import type { Stream, StreamMessage } from '../../connector.ts'
import { textBatch } from '../../text-batch.ts'

const BATCH_ROWS = 50_000

/** The keys that a select gives, as keys that still exist at the source. */
export async function* presentKeysOf(
  connection: Connection,
  stream: Stream,
  select: string,
): AsyncGenerator<StreamMessage> {
  const schema = stream.schema.select([...stream.key])
  let keys: Readonly<Record<string, string | null>>[] = []
  for await (const rows of connection.stream(
    `select ${stream.key.map(identifier).join(', ')} from (${select})`,
  )) {
    for (const row of rows)
      keys.push(Object.fromEntries(stream.key.map((name) => [name, textOrNull(row[name])])))
    if (keys.length < BATCH_ROWS) continue
    yield { kind: 'present_keys', batch: textBatch(schema, keys) }
    keys = []
  }
  if (keys.length > 0) yield { kind: 'present_keys', batch: textBatch(schema, keys) }
}

function textOrNull(value: unknown): string | null {
  return value === null || value === undefined ? null : String(value)
}
