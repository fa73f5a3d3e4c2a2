import { writeFileSync } from 'node:fs'

type Value = string | number | null

/** Writes rows as CSV with a header; a value that holds the delimiter, a quote or a line break is quoted. */
export function writeCsv(
  path: string,
  {
    header,
    rows,
    delimiter = ',',
  }: { header: readonly string[]; rows: readonly (readonly Value[])[]; delimiter?: string },
): void {
  const line = (values: readonly Value[]) => values.map((value) => quote(value, delimiter)).join(delimiter)
  writeFileSync(path, [header, ...rows].map(line).join('\n') + '\n')
}

function quote(value: Value, delimiter: string): string {
  const text = value === null ? '' : String(value)
  return text.includes(delimiter) || /["\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
