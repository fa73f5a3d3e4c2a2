/** Writes one line for an operator, beside the server's own. */
export function logLine(line: string): void {
  process.stderr.write(`${line}\n`)
}
