/** A report that cannot be run as asked; the message says what is wrong and what to do. */
export class ReportError extends Error {
  override readonly name = 'ReportError'
}
