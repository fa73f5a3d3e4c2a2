import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import type { Company } from './company.ts'

const OPEN = ['/sign-in', '/api/auth/x']

/** Every address of the portal, from its routes; a parameter becomes `x`. */
async function addresses(): Promise<string[]> {
  const files = await readdir('portal/src/routes', { recursive: true })
  const routes = files.filter((file) => /\+(server\.ts|page\.svelte)$/.test(file))
  const paths = routes.map((file) => {
    const parts = file.split('/').slice(0, -1)
    return `/${parts.filter((part) => !part.startsWith('(')).join('/')}`.replaceAll(/\[[^\]]+\]/g, 'x')
  })
  return [...new Set(paths)].filter((path) => !OPEN.includes(path)).sort()
}

/** Nothing without a session. */
export function closedSuite(company: () => Company): void {
  describe('without a sign-in', () => {
    it('every page sends to the sign-in and every API call is refused', async () => {
      const { url } = company()
      const paths = await addresses()
      expect(paths).toEqual(expect.arrayContaining(['/', '/api/query', '/reports/run', '/settings/people/x']))
      const found: Record<string, string> = {}
      for (const path of paths) {
        for (const method of ['GET', 'POST']) {
          const body = method === 'POST' ? { body: '{}' } : {}
          const headers = { origin: url, accept: 'text/html', 'content-type': 'application/json' }
          const response = await fetch(url + path, { method, headers, redirect: 'manual', ...body })
          const to = response.headers.get('location') ?? ''
          found[`${method} ${path}`] = `${response.status} ${to.split('?')[0] ?? ''}`.trim()
        }
      }
      const expected = Object.keys(found).map((asked) => [
        asked,
        asked.includes(' /api/') ? '401' : '303 /sign-in',
      ])
      expect(found).toEqual(Object.fromEntries(expected))
    })
  })
}
