export type Access = 'open' | 'signed-in' | 'to-sign-in' | 'refused'

const OPEN_PAGES = new Set(['/sign-in'])
const OPEN_PREFIXES = ['/api/auth/', '/_app/']

/** Closed by default: all but sign-in itself needs a session; a page sends there, an API call is refused. */
export function accessOf(pathname: string, isSignedIn: boolean): Access {
  if (OPEN_PAGES.has(pathname) || OPEN_PREFIXES.some((prefix) => pathname.startsWith(prefix))) return 'open'
  if (isSignedIn) return 'signed-in'
  return pathname.startsWith('/api/') ? 'refused' : 'to-sign-in'
}

/** Only an address of this portal may follow a sign-in. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in') ? next : '/'
}
