import { fail } from '@sveltejs/kit'
import { rfmGridSchema } from '#config'
import { services } from '#services'
import { problemOf } from '#lib/server/clients/problem.ts'
import { cellCounts, gridOn, gridsOf, readGridForm, RULE_MAKERS, shownGrid } from '#lib/server/clients/rfm.ts'
import { requireReader, requireRole } from '#lib/server/guard.ts'
import { part } from '#lib/server/home/ask.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const reader = requireReader(locals)
  const { workspace, semantic, now } = services()
  const today = now().toISOString().slice(0, 10)
  const [grids, counts, people] = await Promise.all([
    gridsOf(workspace),
    part(cellCounts(semantic, reader)),
    workspace.users.list(),
  ])
  const names = new Map(people.map(({ id, name }) => [id, name]))
  const versions = grids.map(({ ruleId, validFrom, author, reason, at }) => ({
    ...{ ruleId, validFrom, reason, at },
    author: names.get(author) ?? author,
  }))
  return {
    grid: shownGrid(gridOn(grids, today)),
    counts: counts.ok ? counts.value : {},
    ...{ versions, today, canEdit: RULE_MAKERS.some((role) => role === reader.role) },
  }
}

export const actions: Actions = {
  save: async ({ locals, request }) => {
    const reader = requireRole(locals, RULE_MAKERS)
    const { workspace, control } = services()
    const author = reader.userId
    try {
      const { content, validFrom, reason } = readGridForm(await request.formData())
      const rule = { kind: 'rfmGrid' as const, content: rfmGridSchema.parse(content) }
      await workspace.rules.add({ ...rule, validFrom, author, reason })
      await workspace.audit.append({
        userId: author,
        action: 'rule.save',
        subject: 'rfmGrid',
        detail: { validFrom, reason },
      })
    } catch (problem) {
      const message = problemOf(problem)
      if (message === null) throw problem
      return fail(400, { message })
    }
    await control.requestSync({ sources: ['workspace'], userId: author })
    return { message: '' }
  },
  undo: async ({ locals, request }) => {
    const reader = requireRole(locals, RULE_MAKERS)
    const { workspace, control } = services()
    const ruleId = String((await request.formData()).get('ruleId'))
    try {
      await workspace.rules.undo(ruleId, { author: reader.userId, reason: null })
    } catch (problem) {
      const message = problemOf(problem)
      if (message === null) throw problem
      return fail(400, { message })
    }
    await workspace.audit.append({ userId: reader.userId, action: 'rule.undo', subject: ruleId })
    await control.requestSync({ sources: ['workspace'], userId: reader.userId })
    return { message: '' }
  },
}
