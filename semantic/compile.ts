import { UserError, type Reader } from '#config'
import type { Admitted } from './admit.ts'
import { askAsOf } from './as-of.ts'
import { partsOf } from './compare.ts'
import { MOST_ROWS } from './environment.ts'
import { checkFiscal } from './fiscal.ts'
import type { ViewMeta } from './meta.ts'
import type { Parts } from './parts.ts'
import type { Publication } from './publication.ts'
import type { CubeQuery } from './query.ts'
import { securityContext } from './reader.ts'
import { askTwin, routeOf } from './route.ts'
import type { Lease } from './shelf.ts'
import type { Column, ColumnType, CompiledQuery } from './stream.ts'
import { withWholeDays } from './whole-days.ts'

type Asked = { readonly reader: Reader; readonly query: unknown }

/** The SQL of a whole result on the leased version, with the reader's row policies in it. */
export async function compile(
  parts: Parts,
  lease: Lease,
  { reader, query: asked }: Asked,
): Promise<CompiledQuery> {
  const { query, view } = await parts.gate.admit(reader, asked, lease.publication.model)
  if (partsOf(query).length > 1) {
    throw new UserError(
      'A comparison of two periods can be shown, not exported. Export each period by itself.',
    )
  }
  return compileAdmitted(parts, lease.publication, { reader, query, view })
}

/**
 * The SQL of a query that the gate has let through; without a limit it is that of the whole result. Where an aggregate
 * gives the same answer, it is the aggregate's; as of an earlier day it is that of what was known then.
 */
export async function compileAdmitted(
  { sqlOf, twinsOf }: Pick<Parts, 'sqlOf' | 'twinsOf'>,
  { version, file, rows, model, fiscalCalendar }: Publication,
  { reader, query, view }: Admitted & { readonly reader: Reader },
): Promise<CompiledQuery> {
  checkFiscal(query.timeDimensions ?? [], fiscalCalendar)
  const { asOf, ...now } = query
  const twin =
    asOf === undefined
      ? routeOf({ query: now, view, role: reader.role, fiscalCalendar }, twinsOf(rows))
      : undefined
  const asked = withWholeDays(now, view)
  const routed = twin === undefined ? asked : askTwin(asked, view.name, twin)
  const stood = asOf === undefined ? routed : askAsOf(asked, view, asOf)
  const whole = { ...stood, limit: query.limit ?? MOST_ROWS, timezone: 'UTC' as const }
  const { sql, params, members } = await sqlOf(whole, securityContext(reader, model))
  const columns = columnsOf(query, view, membersOfView(members, view))
  return { sql, params, columns, version, file, route: twin?.title ?? null }
}

/** The aliases of the members of whatever cube answered as those of the view's members that they stand for. */
function membersOfView(
  members: Readonly<Record<string, string>>,
  { name }: ViewMeta,
): Readonly<Record<string, string>> {
  const entries = Object.entries(members)
  return Object.fromEntries(
    entries.map(([alias, member]) => [alias, `${name}${member.slice(member.indexOf('.'))}`]),
  )
}

function columnsOf(query: CubeQuery, view: ViewMeta, members: Readonly<Record<string, string>>): Column[] {
  const aliases = new Map(Object.entries(members).map(([alias, member]) => [member, alias]))
  const times = (query.timeDimensions ?? []).flatMap(({ dimension, granularity }) =>
    granularity === undefined ? [] : [`${dimension}.${granularity}`],
  )
  return [...(query.dimensions ?? []), ...times, ...(query.measures ?? [])].flatMap((member) => {
    const alias = aliases.get(member)
    return alias === undefined ? [] : [{ member, alias, type: typeOf(view, member) }]
  })
}

function typeOf(view: ViewMeta, column: string): ColumnType {
  const name = column.split('.').slice(0, 2).join('.')
  const member = view.members.find((candidate) => candidate.name === name)
  if (member?.kind === 'time') return 'time'
  if (member?.kind === 'measure' || member?.type === 'number') return 'number'
  return member?.type === 'boolean' ? 'boolean' : 'string'
}
