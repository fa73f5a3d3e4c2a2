import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { CubeQuery, Reader, SemanticService, Workspace } from '#services'
import { textOf } from '#lib/server/home/ask.ts'
import {
  parseSegmentRule,
  segmentFilters,
  SEGMENT_FIELD_KINDS,
  SEGMENT_FIELDS,
  SEGMENT_VIEW,
  segmentRuleSchema,
  type SegmentClause,
  type SegmentFieldKind,
  type SegmentRule,
} from '#semantic/report'
import type { Segment } from '#workspace'

/** Who may make segments and send files of them. */
export const SEGMENT_MAKERS = ['administrator', 'head', 'marketer', 'analyst'] as const

/** A saved segment with its rule read; `rule` is null where it is of an older kind. */
export type ShownSegment = Omit<Segment, 'definition'> & {
  readonly rule: SegmentRule | null
  readonly canEdit: boolean
}

/** The segments that a reader may see: the company's, his own, and all of them for an administrator. */
export async function segmentsFor(
  { segments }: Pick<Workspace, 'segments'>,
  reader: Reader,
): Promise<ShownSegment[]> {
  const all = await segments.list()
  return all.filter((segment) => isVisible(segment, reader)).map((segment) => shown(segment, reader))
}

/** One segment that the reader may see, or null. */
export async function segmentFor(
  { segments }: Pick<Workspace, 'segments'>,
  reader: Reader,
  id: string,
): Promise<ShownSegment | null> {
  const segment = await segments.find(id)
  return segment === null || !isVisible(segment, reader) ? null : shown(segment, reader)
}

function isVisible({ ownerId, visibility }: Segment, { userId, role }: Reader): boolean {
  return visibility === 'company' || ownerId === userId || role === 'administrator'
}

function shown({ definition, ...segment }: Segment, { userId, role }: Reader): ShownSegment {
  const parsed = segmentRuleSchema.safeParse(definition)
  const canEdit = role === 'administrator' || segment.ownerId === userId
  return { ...segment, rule: parsed.data ?? null, canEdit }
}

const SIZES = [
  'clients_count',
  'audience_count',
  'control_count',
  'without_consent_count',
  'without_contact_count',
]
const VIEW = 'segment_sizes_report'

/** Sizes of one segment on one day. */
export type SegmentSize = {
  readonly day: string
  readonly clients: number
  readonly audience: number
  readonly control: number
  readonly withoutConsent: number
  readonly withoutContact: number
}

/** The last days of each segment as builds counted them, oldest first, as far as the reader may see. */
export async function sizesOf(
  semantic: Pick<SemanticService, 'load'>,
  reader: Reader,
  segmentIds: readonly string[],
): Promise<Readonly<Record<string, readonly SegmentSize[]>>> {
  if (segmentIds.length === 0) return {}
  const query: CubeQuery = {
    measures: SIZES.map((name) => `${VIEW}.${name}`),
    dimensions: [`${VIEW}.segment_id`],
    timeDimensions: [{ dimension: `${VIEW}.day`, granularity: 'day' }],
    filters: [{ member: `${VIEW}.segment_id`, operator: 'equals', values: [...segmentIds] }],
    order: [[`${VIEW}.day`, 'asc']],
    limit: 10_000,
  }
  const { rows } = await semantic.load(reader, query)
  const named = rows.map((row) => ({
    id: textOf(row, `${VIEW}.segment_id`) ?? '',
    size: {
      day: (textOf(row, `${VIEW}.day.day`) ?? '').slice(0, 10),
      clients: Number(textOf(row, `${VIEW}.clients_count`)),
      audience: Number(textOf(row, `${VIEW}.audience_count`)),
      control: Number(textOf(row, `${VIEW}.control_count`)),
      withoutConsent: Number(textOf(row, `${VIEW}.without_consent_count`)),
      withoutContact: Number(textOf(row, `${VIEW}.without_contact_count`)),
    },
  }))
  return Object.fromEntries(
    segmentIds.map((id) => [id, named.filter((row) => row.id === id).map(({ size }) => size)]),
  )
}

/** A field that a rule may name, in the reader's language. */
export type SegmentField = {
  readonly member: string
  readonly title: string
  readonly description: string
  readonly kind: SegmentFieldKind
}

/** The fields that a rule of this reader may name. */
export async function segmentFields(
  semantic: Pick<SemanticService, 'meta'>,
  reader: Reader,
): Promise<SegmentField[]> {
  const views = await semantic.meta(reader)
  const members = new Map(
    views.find(({ name }) => name === SEGMENT_VIEW)?.members.map((member) => [member.name, member]),
  )
  return SEGMENT_FIELD_KINDS.flatMap((kind) =>
    SEGMENT_FIELDS[kind].flatMap((name) => {
      const member = members.get(`${SEGMENT_VIEW}.${name}`)
      return member === undefined
        ? []
        : [{ member: member.name, title: member.title, description: member.description, kind }]
    }),
  )
}

/** What a form of the editor says; the seed of the control group stays once it was drawn. */
const segmentForm = z.object({
  name: z.string().trim().min(1).max(80),
  description: z.string().trim().max(400),
  visibility: z.enum(['private', 'company']),
  share: z.coerce.number().min(0).max(50),
  filters: z.string().transform((text): unknown => JSON.parse(text)),
})

/** Reads the editor's form. @throws ZodError */
export function readSegmentForm(values: FormData, before: SegmentRule | null) {
  const { share, filters, ...named } = segmentForm.parse(Object.fromEntries(values))
  const control = share === 0 ? null : { share: share / 100, seed: before?.control?.seed ?? randomUUID() }
  return { ...named, definition: parseSegmentRule({ version: 1, filters, control }) }
}

/** How many clients fulfil clauses on `today`, and the names of the first of them. */
export async function previewSegment(
  { semantic, today }: { readonly semantic: Pick<SemanticService, 'load'>; readonly today: string },
  reader: Reader,
  filters: readonly SegmentClause[],
): Promise<{ readonly clients: number; readonly names: readonly string[] }> {
  const asked = segmentFilters(filters, today)
  const client = `${SEGMENT_VIEW}.client`
  const [counted, listed] = await Promise.all([
    semantic.load(reader, { measures: [`${SEGMENT_VIEW}.count`], filters: asked, limit: 1 }),
    semantic.load(reader, { dimensions: [client], filters: asked, order: [[client, 'asc']], limit: 5 }),
  ])
  return {
    clients: Number(textOf(counted.rows[0], `${SEGMENT_VIEW}.count`) ?? 0),
    names: listed.rows.flatMap((row) => textOf(row, client) ?? []),
  }
}

const MEMBERS = 'saved_segments_report'
const AUDIENCE = ['client', 'client_record_id', 'client_type', 'sector', 'city', 'phone', 'email', 'manager']

/** The audience of a segment, record by record, with those of its fields that the reader may see. */
export async function audienceQuery(
  semantic: Pick<SemanticService, 'meta'>,
  reader: Reader,
  segmentId: string,
): Promise<CubeQuery> {
  const views = await semantic.meta(reader)
  const allowed = new Set(
    views.find(({ name }) => name === MEMBERS)?.members.map((member) => member.name) ?? [],
  )
  return {
    dimensions: AUDIENCE.map((name) => `${MEMBERS}.${name}`).filter((member) => allowed.has(member)),
    filters: [
      { member: `${MEMBERS}.segment_id`, operator: 'equals', values: [segmentId] },
      { member: `${MEMBERS}.is_in_audience`, operator: 'equals', values: ['true'] },
    ],
    order: [[`${MEMBERS}.client`, 'asc']],
  }
}
