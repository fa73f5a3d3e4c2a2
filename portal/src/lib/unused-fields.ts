/** The fields of a row as its source sent it, each with its value as text. What is no object is one field without a name. */
export function fieldsOf(record: string | null): readonly (readonly [string, string])[] {
  if (record === null) return []
  const value = parsed(record)
  if (typeof value !== 'object' || value === null) return [['', record]]
  return Object.entries(value).map(([name, each]) => [name, textOf(each)])
}

function parsed(record: string): unknown {
  try {
    return JSON.parse(record)
  } catch {
    return record
  }
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
