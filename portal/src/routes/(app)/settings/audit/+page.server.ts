import { services } from '#services'
import type { PageServerLoad } from './$types'

const PAGE = 100

export const load: PageServerLoad = async ({ url }) => {
  const { workspace } = services()
  const before = Number(url.searchParams.get('before'))
  const [entries, people] = await Promise.all([
    workspace.audit.list({ limit: PAGE, ...(Number.isSafeInteger(before) && before > 0 ? { before } : {}) }),
    workspace.users.list(),
  ])
  const names = new Map(people.map(({ id, name }) => [id, name]))
  return {
    entries: entries.map(({ id, at, userId, action, subject, detail }) => ({
      ...{ id, at, action },
      who: userId === null ? null : (names.get(userId) ?? userId),
      subject: names.get(subject) ?? subject,
      detail: detail === null ? '' : typeof detail === 'string' ? detail : JSON.stringify(detail),
    })),
    next: entries.length === PAGE ? (entries.at(-1)?.id ?? null) : null,
  }
}
