const YEAR = 60 * 60 * 24 * 365

/** Keeps a choice of this browser in a cookie, so that the server draws the next page with it. */
export function rememberChoice(name: 'embut_theme' | 'embut_rail' | 'embut_locale', value: string): void {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=${YEAR}; samesite=lax`
}
