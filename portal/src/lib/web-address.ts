/** A web address that may be followed: what a CRM or a file hands over is not trusted to be one. */
export function webAddress(value: unknown): string | null {
  return typeof value === 'string' && /^https?:\/\//i.test(value) ? value : null
}
