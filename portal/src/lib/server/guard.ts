import { error } from '@sveltejs/kit'
import type { Reader, Role } from '#services'
import type { User } from '#workspace'

/** The reader of a signed-in request. @throws 401 without one */
export function requireReader(locals: App.Locals): Reader {
  if (locals.reader === null) error(401, 'Sign in first.')
  return locals.reader
}

/** @throws 401 without a session */
export function requireUser(locals: App.Locals): User {
  if (locals.user === null) error(401, 'Sign in first.')
  return locals.user
}

/** @throws 403 when the reader has none of these roles */
export function requireRole(locals: App.Locals, roles: readonly Role[]): Reader {
  const reader = requireReader(locals)
  if (!roles.includes(reader.role)) error(403, 'Your role may not open this page.')
  return reader
}
