import type { Role } from '#services'
import type { Messages } from '#lib/messages/index.ts'

export type PageLink = {
  readonly key: keyof Messages['frame']['nav']
  readonly href: string
  readonly roles: readonly Role[]
}

const EVERYBODY = ['administrator', 'head', 'manager', 'marketer', 'analyst'] as const

const PAGES: readonly PageLink[] = [
  { key: 'home', href: '/', roles: EVERYBODY },
  { key: 'reports', href: '/reports', roles: EVERYBODY },
  { key: 'funnel', href: '/funnel', roles: EVERYBODY },
  { key: 'clients', href: '/clients', roles: EVERYBODY },
  { key: 'plan', href: '/plan', roles: ['administrator', 'head', 'manager'] },
  { key: 'data', href: '/data', roles: ['administrator', 'analyst', 'head'] },
  { key: 'settings', href: '/settings', roles: ['administrator'] },
]

/** The pages a role may use; the others are not shown at all. */
export function pagesFor(role: Role): readonly PageLink[] {
  return PAGES.filter((page) => page.roles.includes(role))
}

/** Whether a page of the rail is the one being looked at. */
export function isCurrent(href: string, pathname: string): boolean {
  return href === '/' ? pathname === '/' : pathname === href || pathname.startsWith(`${href}/`)
}
