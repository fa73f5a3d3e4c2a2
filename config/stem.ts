/** The languages whose endings are known. Words of others are taken as they are. */
export const VOICE_LANGUAGES = ['en', 'es', 'de', 'fr', 'ru'] as const
export type VoiceLanguage = (typeof VOICE_LANGUAGES)[number]

// Endings of inflection and of the commonest derivations, without accents; the longest that fits is taken off.
const ENDINGS: Readonly<Record<VoiceLanguage, readonly string[]>> = {
  en: 'ational ations ation ities ments ement ness ings ing ions ion edly ies ied ers er ed es ely ly ive ity ment e s y'.split(
    ' ',
  ),
  es: 'aciones amiento adores ancias idades acion adora encia ables ando iendo aron ieron ados idos adas idas mente ador ancia able idad ibles ible ado ido ada ida ar er ir as es os an en a e o s'.split(
    ' ',
  ),
  de: 'ungen heiten keiten ung heit keit erinnen isch lich enden end ern em en er es st e n s t'.split(' '),
  fr: 'ements ations ement ation ateurs ateur euses euse ances ences ance ence ables able ites ite eurs eur iers ier ees ee ent ons ez er ir es e s'.split(
    ' ',
  ),
  ru: 'иями ями ами иях ого его ому ему ыми ими ость ости овать ение ения ений ешь ишь ете ите ает яет ают яют ать ять ить еть ах ях ов ев ей ой ий ый ая яя ое ее ые ие ую юю ам ям ом ем ла ло ли ет ит ут ют ат ят а я о е ы и у ю ь й'.split(
    ' ',
  ),
}

const SHORTEST_STEM = 4

/** A text in the form in which two spellings count as the same: small letters, no accents. `й` is `и` by that. */
export function plainText(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '')
}

/** The words of a text, plain, in their order. */
export function plainWords(text: string): string[] {
  return plainText(text).match(/\p{L}+/gu) ?? []
}

/**
 * What the forms of a word begin with: its plain letters without the ending, at least four of them. A short word is
 * its own stem. It is cut once, so that words made from the same one share their stem.
 */
export function stemOf(word: string, language: VoiceLanguage): string {
  const plain = plainText(word)
  const fitting = ENDINGS[language]
    .map(plainText)
    .filter((ending) => plain.endsWith(ending) && plain.length - ending.length >= SHORTEST_STEM)
  const longest = fitting.reduce((found, ending) => (ending.length > found.length ? ending : found), '')
  return plain.slice(0, plain.length - longest.length)
}

/** How a term of the dictionary is found: a word begins with `stem`, and for a phrase the plain text fits `pattern`. */
export type Term = { readonly term: string; readonly stem: string; readonly pattern: string | null }

/**
 * A word or phrase of the dictionary as it is looked for. `pattern` is a regular expression that DuckDB and
 * JavaScript (flag u) read alike.
 */
export function termOf(term: string, language: VoiceLanguage): Term {
  const stems = plainWords(term).map((word) => stemOf(word, language))
  const [stem = '', ...others] = stems
  if (others.length === 0) return { term, stem, pattern: null }
  return { term, stem, pattern: `(^|[^\\p{L}])${stems.join('\\p{L}*[^\\p{L}]+')}` }
}

/** Whether a text speaks of a term. */
export function speaksOf(text: string, { stem, pattern }: Term): boolean {
  if (stem === '') return false
  if (pattern !== null) return new RegExp(pattern, 'u').test(plainText(text))
  return plainWords(text).some((word) => word.startsWith(stem))
}
