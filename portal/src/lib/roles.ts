import type { Role } from '#services'

export const ROLES = [
  'administrator',
  'head',
  'manager',
  'marketer',
  'analyst',
] as const satisfies readonly Role[]

export function roleOf(text: string): Role | null {
  return ROLES.find((role) => role === text) ?? null
}
