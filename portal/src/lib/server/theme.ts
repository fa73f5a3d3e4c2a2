export const THEMES = ['light', 'dark', 'system'] as const
export type Theme = (typeof THEMES)[number]

export function themeOf(cookie: string | undefined): Theme {
  return THEMES.find((one) => one === cookie) ?? 'system'
}
