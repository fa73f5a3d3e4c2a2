// A number with more digits than a double keeps, outside of quotes as far as one can see.
const LONG_NUMBER = /[:,[\s]-?\d[\d.]{15,}/
const SIGNIFICANT = 15

/** Reads JSON; a number that JavaScript cannot hold exactly becomes its text. Throws SyntaxError. */
export function parseExact(text: string): unknown {
  if (!LONG_NUMBER.test(text)) return JSON.parse(text)
  return JSON.parse(text, keepExact)
}

/** A number as JSON writes it; its text where JavaScript cannot hold it exactly. */
export function exactNumber(text: string): number | string {
  return isExact(text) ? Number(text) : text
}

function keepExact(_: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source
  return typeof value !== 'number' || source === undefined ? value : exactNumber(source)
}

function isExact(source: string): boolean {
  const digits = source
    .replace(/[eE].*$/, '')
    .replace(/[-.]/g, '')
    .replace(/^0+/, '')
  return digits.length <= SIGNIFICANT || String(Number(source)) === source
}
