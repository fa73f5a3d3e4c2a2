/** Text that a spreadsheet would run as a formula on opening a CSV, made plain by a leading apostrophe. */
export function guardText(text: string): string {
  return /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
}
