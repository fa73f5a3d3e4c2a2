import { VOICE_LANGUAGES } from '#config'
import { services } from '#services'
import { RULE_MAKERS, saveRule, undoRule } from '#lib/server/clients/rule-form.ts'
import { readWordsForm, topicsOf } from '#lib/server/clients/words.ts'
import { requireReader } from '#lib/server/guard.ts'
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
  save: (event) =>
    saveRule(event, (form, author) => {
      const { content, reason } = readWordsForm(form)
      return {
        rule: { kind: 'voiceTopic', content, author, reason },
        subject: `voiceTopic ${content.topic} ${content.language}`,
        detail: { words: content.words, reason },
      }
    }),
  undo: undoRule,
}
