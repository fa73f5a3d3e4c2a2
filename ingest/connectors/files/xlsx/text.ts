/** A text of a workbook, in which characters that XML has no place for are written `_x000D_`. */
export function escapedText(text: string): string {
  return text.replaceAll(/_x([0-9A-F]{4})_/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  )
}
