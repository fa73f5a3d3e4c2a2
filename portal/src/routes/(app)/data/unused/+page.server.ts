import { attempt } from '#lib/server/attempt.ts'
import { requireRole } from '#lib/server/guard.ts'
import { askAs, part } from '#lib/server/home/ask.ts'
import { servicesFor } from '#lib/server/speaking.ts'
import { loadUnusedGroups, loadUnusedRows, PAGE_SIZE } from '#lib/server/unused.ts'
import { choiceOf } from '#lib/unused-choice.ts'
import { services } from '#services'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals, url }) => {
  const reader = requireRole(locals, ['administrator', 'analyst'])
  const { workspace, semantic } = servicesFor(locals)
  const ask = askAs(semantic, reader)
  const choice = choiceOf(url.searchParams)
  const page = Math.min(1000, Math.max(1, Math.floor(Number(url.searchParams.get('page') ?? 1)) || 1))
  const [groups, rows, loads] = await Promise.all([
    part(loadUnusedGroups(ask)),
    part(loadUnusedRows(ask, reader, { choice, page })),
    workspace.loads.list({ limit: 200 }),
  ])
  const publishedAt = groups.ok ? groups.value.passport.publishedAt : ''
  const later = loads.filter(({ finishedAt }) => (finishedAt ?? '') > publishedAt)
  return {
    ...{ choice, page, pageSize: PAGE_SIZE, groups, rows },
    maySeeContent: reader.role === 'administrator',
    later: later.reduce((sum, { rowsQuarantined }) => sum + rowsQuarantined, 0),
  }
}

export const actions: Actions = {
  retry: async ({ locals, request }) => {
    const reader = requireRole(locals, ['administrator', 'analyst'])
    const source = (await request.formData()).get('source')
    const sources = typeof source === 'string' && source !== '' ? [source] : []
    return attempt(async () => {
      await services().control.requestRetry({ userId: reader.userId, sources })
      return { isAsked: true }
    })
  },
}
