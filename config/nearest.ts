import { closest, distance } from 'fastest-levenshtein'

/** The known word most like `word`, or null when none is near enough to be a slip of the hand. */
export function nearest(word: string, known: readonly string[]): string | null {
  if (known.length === 0) return null
  const plain = known.map(simplify)
  const found = closest(simplify(word), plain)
  const allowed = Math.max(2, Math.ceil(word.length / 2))
  return distance(simplify(word), found) <= allowed ? (known[plain.indexOf(found)] ?? null) : null
}

/** ` Did you mean "x"?` or, when nothing is near, the list of what is known (at most 12 words). */
export function suggestion(word: string, known: readonly string[]): string {
  const near = nearest(word, known)
  if (near !== null) return `did you mean "${near}"?`
  const shown = known.slice(0, 12).join(', ')
  return known.length > 12 ? `known are ${shown}, …` : `known are ${shown}`
}

function simplify(word: string): string {
  return word.toLowerCase().replaceAll(/[-_ ]/g, '')
}
