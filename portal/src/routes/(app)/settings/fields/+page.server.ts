import { UserError } from '#config'
import { attempt } from '#lib/server/attempt.ts'
import { listCustomFields, readTick } from '#lib/server/custom-fields.ts'
import { requireRole } from '#lib/server/guard.ts'
import { isSyncing } from '#lib/server/syncing.ts'
import { services } from '#services'
import type { Actions, PageServerLoad } from './$types'

/** Fields of the sources' own, and which of them reports show. The rights are the layout's: administrators only. */
export const load: PageServerLoad = async ({ depends, locals }) => {
  depends('embut:custom-fields')
  const { workspace, semantic } = services()
  const isBuilding = await isSyncing(workspace)
  return {
    ...(await listCustomFields({ workspace, semantic }, requireRole(locals, ['administrator']))),
    isBuilding,
  }
}

export const actions: Actions = {
  save: ({ locals, request }) =>
    change(locals, async (userId) => {
      const { workspace } = services()
      const ticked = await workspace.rules.ofKind('customField')
      const content = readTick(
        await request.formData(),
        ticked.map((rule) => rule.content),
      )
      await workspace.rules.add({ kind: 'customField', content, author: userId, reason: null })
      const { source, entity, field, ...detail } = content
      await workspace.audit.append({
        ...{ userId, action: 'custom_field.save', subject: `${source}.${entity}.${field}`, detail },
      })
    }),
  remove: ({ locals, request }) =>
    change(locals, async (userId) => {
      const { workspace } = services()
      const ruleId = String((await request.formData()).get('ruleId'))
      const ticked = await workspace.rules.ofKind('customField')
      const rule = ticked.find((each) => each.ruleId === ruleId)
      if (rule === undefined)
        throw new UserError('The field is not in reports any more. Load the page again.')
      await workspace.rules.remove(ruleId, { author: userId, reason: null })
      const { source, entity, field, ...detail } = rule.content
      await workspace.audit.append({
        ...{ userId, action: 'custom_field.remove', subject: `${source}.${entity}.${field}`, detail },
      })
    }),
}

/** Makes a change and has the warehouse read it. */
async function change(locals: App.Locals, work: (userId: string) => Promise<void>) {
  const { userId } = requireRole(locals, ['administrator'])
  return attempt(async () => {
    await work(userId)
    await services().control.requestSync({ sources: ['workspace'], userId })
    return { isDone: true }
  })
}
