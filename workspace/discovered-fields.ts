import { z } from 'zod'
import { CUSTOM_ENTITIES, CUSTOM_TYPES, type DiscoveredField } from '#config'
import type { Context } from './database.ts'
import { fromJson, inTurn, instant } from './transaction.ts'

/** A field as the look at `seenAt`, an instant as ISO text, found it. */
export type SeenField = DiscoveredField & { readonly seenAt: string }

export type DiscoveredFieldRepository = ReturnType<typeof discoveredFieldRepository>

/** What fields sources have besides those that Embut reads, as the last look found them. */
export function discoveredFieldRepository(context: Context) {
  return {
    /** Keeps what a look at a source found, in place of what the look before did. */
    keep: (source: string, fields: readonly DiscoveredField[]): Promise<void> =>
      keepFields(context, source, fields),
    /** Every field of every source, the fullest first within its entity. */
    list: (): Promise<SeenField[]> => listFields(context),
  }
}

async function keepFields(
  context: Context,
  source: string,
  fields: readonly DiscoveredField[],
): Promise<void> {
  await inTurn(context, `discovered:${source}`, async (transaction) => {
    await transaction.deleteFrom('discovered_fields').where('source_name', '=', source).execute()
    const seenAt = instant(context)
    for (const { entity, field, name, records, filled, type, samples } of fields) {
      const row = { entity, field, name, records, filled, type, samples: JSON.stringify(samples) }
      await transaction
        .insertInto('discovered_fields')
        .values({ source_name: source, ...row, seen_at: seenAt })
        .execute()
    }
  })
}

async function listFields({ db }: Context): Promise<SeenField[]> {
  const rows = await db
    .selectFrom('discovered_fields')
    .selectAll()
    .orderBy('source_name')
    .orderBy('entity')
    .orderBy('filled', 'desc')
    .orderBy('field')
    .execute()
  return rows.map((row) => ({
    source: row.source_name,
    entity: z.enum(CUSTOM_ENTITIES).parse(row.entity),
    field: row.field,
    name: row.name,
    records: Number(row.records),
    filled: Number(row.filled),
    type: z.enum(CUSTOM_TYPES).parse(row.type),
    samples: z.array(z.string()).parse(fromJson(row.samples)),
    seenAt: row.seen_at,
  }))
}
