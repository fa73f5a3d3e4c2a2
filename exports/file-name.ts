/** `Won deals 2026-03-01.xlsx`: the title without what file systems refuse, and the day of the export. */
export function exportFileName(title: string, day: Date, extension: 'xlsx' | 'csv'): string {
  const plain = title.replace(/[\u0000-\u001f\u007f<>:"/\\|?*]+/g, ' ').replace(/\s+/g, ' ')
  const name = plain.trim().replace(/^\.+/, '').slice(0, 80).trim()
  return `${name === '' ? 'Export' : name} ${day.toISOString().slice(0, 10)}.${extension}`
}

/** A sheet name that Excel takes: at most 31 characters, none of `[]:*?/\`, and unlike the names in use. */
export function sheetName(title: string, used: readonly string[]): string {
  const plain = title
    .replace(/[[\]:*?/\\]+/g, ' ')
    .replace(/^'+|'+$/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  const base = plain === '' || plain.toLowerCase() === 'history' ? 'Report' : plain
  const taken = new Set(used.map((name) => name.toLowerCase()))
  for (let part = 1; ; part += 1) {
    const suffix = part === 1 ? '' : ` (${part})`
    const name = `${base.slice(0, 31 - suffix.length).trimEnd()}${suffix}`
    if (!taken.has(name.toLowerCase())) return name
  }
}
