/** A name as DuckDB takes it, whatever characters it has. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** A text as an SQL literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** An instant as DuckDB writes a timestamp, in UTC to the second: `YYYY-MM-DD HH:MM:SS`. */
export function timestampText(instant: Date): string {
  return instant.toISOString().slice(0, 19).replace('T', ' ')
}

/** A qualified table name, e.g. `"raw_crm"."deals"`. */
export function qualified(schema: string, table: string): string {
  return `${identifier(schema)}.${identifier(table)}`
}

/** Equality of two rows on their key columns, e.g. `t."id" = i."id" and …`. */
export function sameKey(left: string, right: string, key: readonly string[]): string {
  return key.map((name) => `${left}.${identifier(name)} = ${right}.${identifier(name)}`).join(' and ')
}

/** Names as a comma-separated column list, each with the alias before it if one is given. */
export function columnList(names: readonly string[], alias = ''): string {
  return names.map((name) => (alias === '' ? '' : `${alias}.`) + identifier(name)).join(', ')
}

/**
 * A 64-bit number that stands for a key. Made by MD5 and not by DuckDB's `hash()`, because it is stored and has
 * to stay the same from one version of DuckDB to the next.
 */
export function keyHash(key: readonly string[], alias = ''): string {
  const parts = key.map((name) => `${alias === '' ? '' : `${alias}.`}${identifier(name)}::varchar`)
  return parts.length === 1
    ? `md5_number_lower(${parts[0]})`
    : `md5_number_lower(concat_ws(chr(31), ${parts.join(', ')}))`
}
