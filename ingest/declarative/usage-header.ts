import { parseExact } from './exact-json.ts'
import type { UsedDefinition } from './definition-request.ts'
import { valueAt } from './path.ts'

const MINUTE = 60_000

/**
 * Milliseconds to wait before the next request, by headers in which a service says as JSON what share of its limits is
 * used, in percent; 0 when there is room. The service's own word for how long stands above ours.
 */
export function waitForRoom(headers: Headers, used: readonly UsedDefinition[]): number {
  return Math.max(0, ...used.map((each) => waitOf(headers.get(each.header), each)))
}

function waitOf(header: string | null, { percent, minutes, above, pause }: UsedDefinition): number {
  const said = header === null ? null : read(header)
  const told = minutes === undefined ? 0 : Number(valueAt(said, minutes) ?? 0)
  if (told > 0) return told * MINUTE
  return percent.some((path) => Number(valueAt(said, path)) >= above) ? pause * 1000 : 0
}

function read(header: string): unknown {
  try {
    return parseExact(header)
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
