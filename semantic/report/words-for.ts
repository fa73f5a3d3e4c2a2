import { spanishWords } from './words-es.ts'
import type { SentenceWords } from './words.ts'
import { englishWords } from './words.ts'

const WORDS: Readonly<Record<string, SentenceWords>> = { en: englishWords, es: spanishWords }

/** The words of a reader's language; English where there are none yet. */
export function wordsFor(locale: string): SentenceWords {
  return WORDS[locale.slice(0, 2)] ?? englishWords
}
