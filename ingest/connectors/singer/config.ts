import { createHash } from 'node:crypto'
import { z } from 'zod'
import type { ConnectorContext } from '../../connector.ts'

const storedSchema = z.object({ base: z.string(), config: z.unknown() })
const KEY = 'config'

/**
 * What a tap is told. Taps whose tokens change write them into their config file: what one left there (`left`) is kept,
 * encrypted, and told instead until embut.yaml says something else.
 */
export async function tapConfig(
  secrets: ConnectorContext['secrets'],
  written: unknown,
  left: unknown = undefined,
): Promise<unknown> {
  const base = createHash('sha256').update(JSON.stringify(written)).digest('hex')
  if (left !== undefined) {
    await secrets.set(KEY, JSON.stringify({ base, config: left }))
    return left
  }
  const kept = await secrets.get(KEY)
  const stored = kept === null ? undefined : storedSchema.safeParse(JSON.parse(kept)).data
  return stored?.base === base ? stored.config : written
}
