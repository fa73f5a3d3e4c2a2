import type { MemberMeta, Reader, Services, ViewMeta } from '#services'
import { reportHref } from '#lib/report-link.ts'

/** A question that took long, in the words of the catalogue; what it was filtered by is not kept. */
export type SlowQuestion = {
  readonly key: string
  /** Title of the report type. */
  readonly about: string
  readonly numbers: readonly string[]
  readonly groups: readonly string[]
  readonly seconds: number
  /** UTC. */
  readonly askedAt: string
  /** Name of the person who asked; null for one who is gone. */
  readonly person: string | null
  readonly times: number
  readonly isAnswered: boolean
  /** The same numbers without filters, as a report; null for a list of records. */
  readonly href: string | null
}

type From = Pick<Services, 'workspace'> & {
  readonly semantic: Pick<Services['semantic'], 'meta' | 'slowest'>
}

const SHOWN = 5

/** The slowest questions of the last day, of those whose report type this reader knows. */
export async function slowQuestions(
  { workspace, semantic }: From,
  reader: Reader,
): Promise<readonly SlowQuestion[]> {
  const [views, people] = await Promise.all([semantic.meta(reader), workspace.users.list()])
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return semantic
    .slowest()
    .flatMap(({ members, durationMs, userId, ...told }) => {
      const view = views.find(({ name }) => members[0]?.startsWith(`${name}.`))
      if (view === undefined) return []
      const { askedAt, times, isAnswered } = told
      const person = names.get(userId) ?? null
      return { ...wordsOf(view, members), seconds: durationMs / 1000, askedAt, person, times, isAnswered }
    })
    .slice(0, SHOWN)
}

type Words = Pick<SlowQuestion, 'key' | 'about' | 'numbers' | 'groups' | 'href'>

function wordsOf(view: ViewMeta, names: readonly string[]): Words {
  const fields = names.flatMap((name) => view.members.find((member) => member.name === name) ?? [])
  const numbers = fields.filter(({ kind }) => kind === 'measure')
  const groups = fields.filter(({ kind }) => kind !== 'measure')
  return {
    key: names.join(' '),
    about: view.title,
    numbers: numbers.map(({ title }) => title),
    groups: groups.map(({ title }) => title),
    href: numbers.length === 0 ? null : hrefOf(view, numbers, groups),
  }
}

function hrefOf(
  { name: reportType }: ViewMeta,
  numbers: readonly MemberMeta[],
  groups: readonly MemberMeta[],
): string {
  const bare = ({ name }: MemberMeta): string => name.slice(reportType.length + 1)
  return reportHref({ reportType, rows: groups.map(bare), values: numbers.map(bare) })
}
