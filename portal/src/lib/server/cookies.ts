import type { Cookies } from '@sveltejs/kit'

type SameSite = 'lax' | 'strict' | 'none'

/** e.g. `embut.session_token=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=1209600` */
function parseSetCookie(line: string) {
  const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
  const split = pair.indexOf('=')
  const options = new Map(
    attributes.map((attribute) => {
      const [name = '', value = ''] = attribute.split('=')
      return [name.toLowerCase(), value] as const
    }),
  )
  return { name: pair.slice(0, split), value: pair.slice(split + 1), options }
}

/** Hands the cookies that sign-in set on to the browser. */
export function copyCookies(response: Response, cookies: Cookies): void {
  for (const line of response.headers.getSetCookie()) {
    const { name, value, options } = parseSetCookie(line)
    const maxAge = options.get('max-age')
    const sameSite = options.get('samesite')?.toLowerCase()
    cookies.set(name, value, {
      path: options.get('path') ?? '/',
      httpOnly: options.has('httponly'),
      secure: options.has('secure'),
      sameSite:
        (['lax', 'strict', 'none'] as const).find((one): one is SameSite => one === sameSite) ?? 'lax',
      ...(maxAge === undefined ? {} : { maxAge: Number(maxAge) }),
      encode: (text) => text,
    })
  }
}
