import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { Context, SegmentTable } from './database.ts'
import { VISIBILITIES, type Visibility } from './templates.ts'
import { fromJson, inTurn, instant } from './transaction.ts'

/** A saved group of clients. `definition` is the rule that finds them, stored as JSON and not looked into. */
export type Segment = {
  readonly segmentId: string
  readonly name: string
  readonly description: string
  readonly definition: unknown
  readonly ownerId: string
  readonly visibility: Visibility
  readonly createdAt: string
  readonly updatedAt: string
  readonly updatedBy: string
}

export type SegmentDraft = {
  readonly segmentId?: string
  readonly name: string
  readonly description?: string
  readonly definition: unknown
  readonly ownerId: string
  readonly visibility?: Visibility
  readonly author: string
}

export type SegmentRepository = ReturnType<typeof segmentRepository>

/** Segments of clients. */
export function segmentRepository(context: Context) {
  const { db } = context
  return {
    /** Saves a new segment or changes one. The owner stays who made it. */
    save: (draft: SegmentDraft): Promise<Segment> => saveSegment(context, draft),
    /** The segment with this id, or null. */
    find: async (segmentId: string): Promise<Segment | null> => {
      const row = await db.selectFrom('segments').selectAll().where('id', '=', segmentId).executeTakeFirst()
      return row === undefined ? null : segmentOf(row)
    },
    /** Every segment, by name. */
    list: async (): Promise<Segment[]> =>
      (await db.selectFrom('segments').selectAll().orderBy('name').orderBy('id').execute()).map(segmentOf),
    /** Removes a segment for good. */
    remove: async (segmentId: string): Promise<void> => {
      await db.deleteFrom('segments').where('id', '=', segmentId).execute()
    },
  }
}

async function saveSegment(context: Context, draft: SegmentDraft): Promise<Segment> {
  const id = draft.segmentId ?? randomUUID()
  return await inTurn(context, `segment:${id}`, async (transaction) => {
    const before = await transaction
      .selectFrom('segments')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst()
    const at = instant(context)
    const row: SegmentTable = {
      id,
      name: draft.name,
      description: draft.description ?? before?.description ?? '',
      definition: JSON.stringify(draft.definition),
      owner_id: before?.owner_id ?? draft.ownerId,
      visibility: draft.visibility ?? before?.visibility ?? 'private',
      created_at: before?.created_at ?? at,
      updated_at: at,
      updated_by: draft.author,
    }
    if (before === undefined) await transaction.insertInto('segments').values(row).execute()
    else await transaction.updateTable('segments').set(row).where('id', '=', id).execute()
    return segmentOf(row)
  })
}

function segmentOf(row: SegmentTable): Segment {
  return {
    segmentId: row.id,
    name: row.name,
    description: row.description,
    definition: fromJson(row.definition),
    ownerId: row.owner_id,
    visibility: z.enum(VISIBILITIES).parse(row.visibility),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}
