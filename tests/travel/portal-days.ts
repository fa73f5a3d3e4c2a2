import type { FakeBitrix } from '#demo'

type Fields = Readonly<Record<string, unknown>>
type Portal = FakeBitrix['portal']

/** The CRM of the demo company as it stood at any moment of its last weeks, always one step later than before. */
export type PortalDays = { show(moment: number, day: number): void }

/**
 * Takes everything out of the portal that had not happened at a moment, and lets it happen again, step by step: deals
 * come, move and close as their history says, and calls are made. On each day some get another amount or owner, one is deleted, and one is
 * entered that somebody dates back before everything that was shown so far. One move is told only on the day after.
 */
export function portalDays(portal: Portal): PortalDays {
  const deals = recordsOf(portal, 'deals')
  const moves = recordsOf(portal, 'stage_history')
  const calls = recordsOf(portal, 'calls')
  const movesOf = Map.groupBy(moves, ({ fields }) => Number(fields['OWNER_ID']))
  const edits = new Map<number, Fields>()
  const gone = new Set<number>()
  const last = deals.at(-1)?.id ?? 0
  let shown = 0
  return {
    show(moment, day) {
      const late = lateMove(moves, { since: shown, moment })
      shown = moment
      for (const { id, fields } of moves)
        place(portal, 'stage_history', {
          id,
          fields: id === late ? null : happened(fields, 'CREATED_TIME', moment),
        })
      for (const { id, fields } of calls)
        place(portal, 'calls', { id, fields: happened(fields, 'CALL_START_DATE', moment) })
      for (const { id, fields } of deals) {
        const made = movesOf.get(id)?.filter((move) => time(move.fields['CREATED_TIME']) <= moment) ?? []
        const move = made.at(-1)
        if (time(fields['createdTime']) > moment || move === undefined || gone.has(id)) {
          portal.remove('deals', id)
          continue
        }
        if (move.fields['STAGE_SEMANTIC_ID'] === 'P') edit(edits, { id, fields, day, moment })
        place(portal, 'deals', { id, fields: { ...stateOf(fields, move.fields, moment), ...edits.get(id) } })
      }
      gone.add(last - 20 - day)
      dateBack(portal, { id: last + day, fields: deals[0]?.fields ?? {} }, moment)
    },
  }
}

type Changing = 'deals' | 'stage_history' | 'calls'
type Held = { readonly id: number; readonly fields: Fields }

function recordsOf(portal: Portal, name: Changing): readonly Held[] {
  const table = portal.table(name)
  const ids = Array.from({ length: table.size }, (_, position) => table.idAt(position))
  return ids.map((id) => ({ id, fields: portal.record(name, id) ?? {} }))
}

type Placed = { readonly id: number; readonly fields: Fields | null }

function place(portal: Portal, name: Changing, { id, fields }: Placed): void {
  if (fields === null) portal.remove(name, id)
  else portal.upsert(name, id, fields)
}

function happened(fields: Fields, at: string, moment: number): Fields | null {
  return time(fields[at]) <= moment ? fields : null
}

/** A deal after the last of its moves so far; what its record says of later is not there yet. */
function stateOf(fields: Fields, move: Fields, moment: number): Fields {
  const isClosed = move['STAGE_SEMANTIC_ID'] !== 'P'
  const isPaid = fields['ufPaidAt'] !== null && time(fields['ufPaidAt']) <= moment
  const changes = [move['CREATED_TIME'], ...(isPaid ? [fields['ufPaidAt']] : [])]
  return {
    ...fields,
    ...{
      stageId: move['STAGE_ID'],
      stageSemanticId: move['STAGE_SEMANTIC_ID'],
      closed: isClosed ? 'Y' : 'N',
    },
    ...{ movedTime: move['CREATED_TIME'], updatedTime: latest(changes) },
    ...(isClosed ? {} : { ufLostReason: null }),
    ...(isPaid ? {} : { ufPaidAt: null, ufAmountPaid: null, ufCompletedAt: null }),
  }
}

type Edited = Held & { readonly day: number; readonly moment: number }

function edit(edits: Map<number, Fields>, { id, fields, day, moment }: Edited): void {
  const updatedTime = new Date(moment - 60_000).toISOString()
  const before = edits.get(id)
  if (id % 5 === day % 5) {
    edits.set(id, { ...before, opportunity: Number(fields['opportunity']) + day * 100, updatedTime })
  }
  if (id % 7 === day % 7) edits.set(id, { ...edits.get(id), assignedById: 6 + ((id + day) % 8), updatedTime })
}

function dateBack(portal: Portal, { id, fields }: Held, moment: number): void {
  const createdTime = new Date(moment - 40 * 86_400_000).toISOString()
  const updatedTime = new Date(moment - 60_000).toISOString()
  const open = { stageSemanticId: 'P', closed: 'N', stageId: 'NEW', categoryId: 0, ufPaidAt: null }
  portal.upsert('deals', id, { ...fields, ...open, id, createdTime, movedTime: createdTime, updatedTime })
}

/** The last new move of a deal that has gone on since: whoever has not heard of it sees a stage left out. */
function lateMove(
  moves: readonly Held[],
  { since, moment }: { readonly since: number; readonly moment: number },
): number | undefined {
  const made = moves.filter(({ fields }) => time(fields['CREATED_TIME']) <= moment)
  const lastOf = new Map(made.map(({ id, fields }) => [fields['OWNER_ID'], id]))
  return made.findLast(
    ({ id, fields }) => time(fields['CREATED_TIME']) > since && lastOf.get(fields['OWNER_ID']) !== id,
  )?.id
}

function latest(times: readonly unknown[]): string {
  return new Date(Math.max(...times.map(time))).toISOString()
}

function time(value: unknown): number {
  return Date.parse(String(value))
}
