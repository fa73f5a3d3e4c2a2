import type { CubeQuery, Passport } from '#services'
import { sizeOf, type Ask } from './ask.ts'

/** The first of a list, how long it is in all, and where the whole of it is. The passport is that of what is shown. */
export type Listed<T> = {
  readonly items: readonly T[]
  readonly count: number
  readonly href: string
  readonly passport: Passport
}

const SHOWN = 6

/** Asks for the first rows of `list` and for the whole number of them, the measure `count`. */
export async function listed<T>(
  ask: Ask,
  { list, count, href }: { list: CubeQuery; count: string; href: string },
  read: (row: Awaited<ReturnType<Ask>>['rows'][number]) => T,
): Promise<Listed<T>> {
  const [shown, total] = await Promise.all([
    ask({ ...list, limit: SHOWN }),
    ask({ measures: [count], filters: list.filters, timeDimensions: list.timeDimensions, limit: 1 }),
  ])
  return {
    items: shown.rows.map(read),
    count: sizeOf(total.rows[0], count),
    href,
    passport: withMembers(shown.passport, total.passport),
  }
}

/** The passport of a list with what its count means. */
function withMembers(passport: Passport, { members }: Passport): Passport {
  const known = new Set(passport.members.map(({ name }) => name))
  return { ...passport, members: [...passport.members, ...members.filter(({ name }) => !known.has(name))] }
}
