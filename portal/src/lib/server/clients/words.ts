import { z } from 'zod'
import { SHIPPED_VOICE_WORDS, speaksOf, termOf, VOICE_LANGUAGES, type VoiceLanguage } from '#config'
import type { CubeQuery, Reader, SemanticService, Workspace } from '#services'
import { textOf } from '#lib/server/home/ask.ts'

/** The words of one topic in one language: the company's own, or the shipped ones. */
export type TopicWords = {
  readonly topic: string
  readonly language: VoiceLanguage
  readonly words: readonly string[]
  /** The company's rule; null for shipped words. */
  readonly ruleId: string | null
}

/** Every topic in every language that has words, by topic. */
export async function topicsOf({ rules }: Pick<Workspace, 'rules'>): Promise<TopicWords[]> {
  const own = (await rules.ofKind('voiceTopic')).map(({ ruleId, content }) => ({ ...content, ruleId }))
  const shipped = Object.entries(SHIPPED_VOICE_WORDS).flatMap(([topic, byLanguage]) =>
    VOICE_LANGUAGES.flatMap((language) => {
      const isOwn = own.some((rule) => rule.topic === topic && rule.language === language)
      const words = byLanguage[language]?.split(' ') ?? []
      return isOwn || words.length === 0 ? [] : [{ topic, language, words, ruleId: null }]
    }),
  )
  return [...own, ...shipped].toSorted(
    (one, two) =>
      one.topic.localeCompare(two.topic) ||
      VOICE_LANGUAGES.indexOf(one.language) - VOICE_LANGUAGES.indexOf(two.language),
  )
}

const wordsForm = z.object({
  topic: z.string().trim().toLowerCase().min(1).max(40),
  language: z.enum(VOICE_LANGUAGES),
  words: z.string().transform((text) => [
    ...new Set(
      text
        .split(/[\n,;]+/)
        .map((word) => word.trim())
        .filter((word) => word !== ''),
    ),
  ]),
  reason: z.string().trim().max(200),
})

/** Reads the form of a topic: one word or phrase a line. @throws ZodError */
export function readWordsForm(values: FormData) {
  const { reason, ...content } = wordsForm.parse(Object.fromEntries(values))
  return { content, reason: reason === '' ? null : reason }
}

// Where people write, as far as reports show it.
const PLACES = [
  { place: 'lostReason', text: 'deals_report.lost_reason', count: 'deals_report.count' },
  { place: 'activity', text: 'activities_report.subject', count: 'activities_report.count' },
  { place: 'call', text: 'calls_report.topic', count: 'calls_report.count' },
] as const

export type WordMatches = {
  readonly place: (typeof PLACES)[number]['place']
  readonly texts: number
  readonly quotes: readonly string[]
  readonly isComplete: boolean
}

const MOST = 5_000
const QUOTES = 3

/** What a word or phrase would be found in: how many records of the reader by place, with quotes, the commonest first. */
export async function matchesOf(
  semantic: Pick<SemanticService, 'load'>,
  reader: Reader,
  { word, language }: { readonly word: string; readonly language: VoiceLanguage },
): Promise<WordMatches[]> {
  const term = termOf(word, language)
  // The text may be written with accents or without.
  const beginnings = [...new Set([term.stem, word.toLowerCase().slice(0, term.stem.length)])]
  return Promise.all(
    PLACES.map(async ({ place, text, count }) => {
      const query: CubeQuery = {
        dimensions: [text],
        measures: [count],
        filters: [{ member: text, operator: 'contains', values: beginnings }],
        order: [[count, 'desc']],
        limit: MOST,
      }
      const { rows, isComplete } = await semantic.load(reader, query)
      const found = rows.filter((row) => speaksOf(textOf(row, text) ?? '', term))
      return {
        ...{ place, isComplete },
        texts: found.reduce((sum, row) => sum + Number(textOf(row, count)), 0),
        quotes: found.slice(0, QUOTES).map((row) => textOf(row, text) ?? ''),
      }
    }),
  )
}
