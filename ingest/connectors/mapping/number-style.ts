/** How a column writes its numbers. `plain`: as SQL does. */
export type NumberStyle = 'plain' | 'comma' | 'dot'

const PLAIN = /^[-+]?\d+(\.\d+)?([eE][-+]?\d+)?$/
const NOISE = /[\s\u00a0\u202f'’€$£¥₽%]/gu

/**
 * Finds how a column writes numbers from a sample of its values: `comma` is 1.234,5 or 1 234,5; `dot` is 1,234.5.
 * Values that could be either (1,234) are read as thousands unless another value of the column says otherwise.
 */
export function numberStyle(sample: readonly string[]): NumberStyle {
  const odd = sample.filter((text) => !PLAIN.test(text)).map((text) => text.replace(NOISE, ''))
  if (odd.length === 0) return 'plain'
  return odd.some(hasDecimalComma) ? 'comma' : 'dot'
}

function hasDecimalComma(text: string): boolean {
  const comma = text.lastIndexOf(',')
  if (comma === -1) return false
  if (text.includes('.')) return comma > text.lastIndexOf('.')
  return text.indexOf(',') === comma && text.length - comma - 1 !== 3
}

/** SQL that reads a text of this style as a number, or null. */
export function numberSql(text: string, style: NumberStyle, type: string): string {
  if (style === 'plain') return `try_cast(${text} as ${type})`
  const bare = `regexp_replace(${text}, '[\\s\\x{a0}\\x{202f}''’€$£¥₽%]', '', 'g')`
  const sql = style === 'comma' ? `replace(replace(${bare}, '.', ''), ',', '.')` : `replace(${bare}, ',', '')`
  return `try_cast(${sql} as ${type})`
}

/** The style that a declared format such as `1 234,56` or `1,234.56` shows. */
export function declaredNumberStyle(format: string): NumberStyle {
  const last = Math.max(format.lastIndexOf(','), format.lastIndexOf('.'))
  return format[last] === ',' ? 'comma' : 'dot'
}
