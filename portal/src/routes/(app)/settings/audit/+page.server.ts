import { services } from '#services'
import type { PageServerLoad } from './$types'

const PAGE = 100

export const load: PageServerLoad = async ({ url }) => {
  const { workspace, templates } = services()
  const user = url.searchParams.get('user')
  const before = Number(url.searchParams.get('before'))
  const [entries, people] = await Promise.all([
    workspace.audit.list({
      limit: PAGE,
      ...(user === null ? {} : { userId: user }),
      ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}),
    }),
    workspace.users.list(),
  ])
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const byEmail = new Map(people.map(({ email, name }) => [email, name]))
  const reports = new Map((await templates.list()).map(({ id, name }) => [id, name]))
  return {
    chosen: user,
    people: people.map(({ id, name }) => ({ value: id, label: name })),
    entries: entries.map(({ id, at, userId, action, subject, detail }) => ({
      ...{ id, at, action },
      // Nobody is signed in yet when a session begins, so who it was stands in the subject.
      who: userId === null ? (byEmail.get(subject) ?? null) : (names.get(userId) ?? userId),
      subject: names.get(subject) ?? reports.get(subject) ?? subject,
      detail: detailText(detail) === reports.get(subject) ? '' : detailText(detail),
    })),
    next: entries.length === PAGE ? (entries.at(-1)?.id ?? null) : null,
  }
}

/** What an entry says beside its action, short: texts and numbers of its own, never what lies deeper. */
function detailText(detail: unknown): string {
  if (typeof detail === 'string') return detail
  if (typeof detail !== 'object' || detail === null) return ''
  return Object.entries(detail)
    .flatMap(([key, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? [`${key.replaceAll(/([A-Z])/g, ' $1').toLowerCase()}: ${String(value)}`]
        : [],
    )
    .join(' · ')
}
