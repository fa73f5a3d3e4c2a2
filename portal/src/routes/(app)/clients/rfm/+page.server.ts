import { rfmGridSchema } from '#config'
import { services } from '#services'
import { cellCounts, gridOn, gridsOf, readGridForm, shownGrid } from '#lib/server/clients/rfm.ts'
import { RULE_MAKERS, saveRule, undoRule } from '#lib/server/clients/rule-form.ts'
import { requireReader } from '#lib/server/guard.ts'
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
  save: (event) =>
    saveRule(event, (form, author) => {
      const { content, validFrom, reason } = readGridForm(form)
      const rule = { kind: 'rfmGrid' as const, content: rfmGridSchema.parse(content) }
      return {
        rule: { ...rule, validFrom, author, reason },
        subject: 'rfmGrid',
        detail: { validFrom, reason },
      }
    }),
  undo: undoRule,
}
