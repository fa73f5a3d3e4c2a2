import { reasonOf } from '#config'
import { rightsFlag } from '#warehouse'
import type { ConnectorSession, Logger, Rights } from './connector.ts'

/** Whose rights a session carries; null where nobody tells, for the source may be read all the same. */
export async function rightsOfSession(
  { rights }: ConnectorSession,
  logger: Pick<Logger, 'debug'>,
): Promise<Rights | null> {
  if (rights === undefined) return null
  try {
    return await rights()
  } catch (error) {
    logger.debug({ error: reasonOf(error) }, 'rights not told')
    return null
  }
}

/** What the ledger says of a source that is read with less than full rights. */
export function rightsFlags(rights: Rights | null): readonly string[] {
  if (rights === null || (rights.isFull && rights.lacks.length === 0)) return []
  return [rightsFlag(rights)]
}
