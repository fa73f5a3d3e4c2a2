import { z } from 'zod'
import { notKnownAsOf } from './as-of.ts'

/** A field of a report type, as one reader may use it. */
export type MemberMeta = {
  readonly name: string
  readonly title: string
  readonly shortTitle: string
  readonly description: string
  readonly kind: 'measure' | 'dimension' | 'time'
  /** Type of the values: number, string, boolean or time. */
  readonly type: string
  /** How to show it: currency, percent, number, integer, days, hours, seconds, link, or null. */
  readonly format: string | null
  readonly folder: string | null
  readonly isPersonal: boolean
  /** True for counts and sums: the whole is the sum of its parts. */
  readonly isAdditive: boolean
  readonly drillMembers: readonly string[]
}

/** A report type with the fields that one reader may use. */
export type ViewMeta = {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly members: readonly MemberMeta[]
  readonly folders: readonly { readonly name: string; readonly members: readonly string[] }[]
  /** Fields that list the records behind a number of this view. */
  readonly drillMembers: readonly string[]
  /** Fields of which each holds the next, e.g. department and manager, from the widest to the narrowest. */
  readonly hierarchies: readonly (readonly string[])[]
  /** Members that are not known as of an earlier day; absent where no member of the view is. */
  readonly unknownAsOf?: readonly string[]
}

const MEMBER = z.object({
  name: z.string(),
  title: z.string(),
  shortTitle: z.string(),
  description: z.string().optional(),
  type: z.string(),
  aggType: z.string().optional(),
  format: z.unknown(),
  meta: z
    .object({
      personal: z.boolean().optional(),
      custom: z.boolean().optional(),
      format: z.string().optional(),
    })
    .nullish(),
  drillMembers: z.array(z.string()).optional(),
})

const CUBE = z.object({
  name: z.string(),
  title: z.string(),
  description: z.string().optional(),
  type: z.string(),
  measures: z.array(MEMBER),
  dimensions: z.array(MEMBER),
  folders: z.array(z.object({ name: z.string(), members: z.array(z.string()) })).optional(),
  hierarchies: z.array(z.object({ levels: z.array(z.string()) })).optional(),
})

const META = z.object({ cubes: z.array(CUBE) })

/** Reads Cube's meta answer: views only, with the members Cube lists as visible in this context. */
export function parseMeta(answer: unknown): ViewMeta[] {
  const views = META.parse(answer).cubes.filter(({ type }) => type === 'view')
  return views.map(viewMeta).filter(({ members }) => members.length > 0)
}

function viewMeta(view: z.infer<typeof CUBE>): ViewMeta {
  const visible = new Set([...view.measures, ...view.dimensions].map(({ name }) => name))
  const folders = (view.folders ?? []).map(({ name, members }) => ({
    name,
    members: members.filter((member) => visible.has(member)),
  }))
  const folderOf = new Map(folders.flatMap(({ name, members }) => members.map((member) => [member, name])))
  const places = { folderOf, visible }
  const members = [
    ...view.measures.map((member) => memberMeta(member, 'measure', places)),
    ...view.dimensions.map((member) =>
      memberMeta(member, member.type === 'time' ? 'time' : 'dimension', places),
    ),
  ]
  const custom = [...view.measures, ...view.dimensions].flatMap(({ name, meta }) =>
    meta?.custom === true ? [name] : [],
  )
  const unknownAsOf = notKnownAsOf(view.name)
  return {
    ...(unknownAsOf !== null && { unknownAsOf: [...unknownAsOf, ...custom] }),
    name: view.name,
    title: view.title,
    description: view.description ?? '',
    members,
    folders,
    hierarchies: (view.hierarchies ?? [])
      .map(({ levels }) => levels.filter((level) => visible.has(level)))
      .filter(({ length }) => length > 1),
    drillMembers: members.find(({ drillMembers }) => drillMembers.length > 0)?.drillMembers ?? [],
  }
}

type Places = { readonly folderOf: ReadonlyMap<string, string>; readonly visible: ReadonlySet<string> }

function memberMeta(
  member: z.infer<typeof MEMBER>,
  kind: MemberMeta['kind'],
  { folderOf, visible }: Places,
): MemberMeta {
  return {
    name: member.name,
    title: member.shortTitle,
    shortTitle: member.shortTitle,
    description: member.description ?? '',
    kind,
    type: member.type,
    format: formatOf(member),
    folder: folderOf.get(member.name) ?? null,
    isPersonal: member.meta?.personal ?? false,
    isAdditive: kind === 'measure' && ['count', 'sum'].includes(member.aggType ?? ''),
    drillMembers: (member.drillMembers ?? []).filter((name) => visible.has(name)),
  }
}

function formatOf({ format, meta, aggType }: z.infer<typeof MEMBER>): string | null {
  if (meta?.format !== undefined) return meta.format
  if (typeof format === 'string') return format
  return aggType === 'count' || aggType === 'countDistinct' ? 'integer' : null
}
