import { fail } from '@sveltejs/kit'
import { VOICE_LANGUAGES } from '#config'
import { services } from '#services'
import { problemOf } from '#lib/server/clients/problem.ts'
import { RULE_MAKERS } from '#lib/server/clients/rfm.ts'
import { readWordsForm, topicsOf } from '#lib/server/clients/words.ts'
import { requireReader, requireRole } from '#lib/server/guard.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals }) => {
  const reader = requireReader(locals)
  return {
    topics: await topicsOf(services().workspace),
    languages: [...VOICE_LANGUAGES],
    canEdit: RULE_MAKERS.some((role) => role === reader.role),
  }
}

export const actions: Actions = {
  save: async ({ locals, request }) => {
    const reader = requireRole(locals, RULE_MAKERS)
    const { workspace, control } = services()
    const author = reader.userId
    try {
      const { content, reason } = readWordsForm(await request.formData())
      await workspace.rules.add({ kind: 'voiceTopic', content, author, reason })
      await workspace.audit.append({
        userId: author,
        action: 'rule.save',
        subject: `voiceTopic ${content.topic} ${content.language}`,
        detail: { words: content.words, reason },
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
