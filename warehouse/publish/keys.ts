import { z } from 'zod'
import { identifier } from '../sql.ts'

const keyConfigSchema = z
  .object({
    unique_key: z.union([z.array(z.string()), z.string().transform((column) => [column])]).nullish(),
    meta: z
      .object({ required_key: z.array(z.string()).optional() })
      .loose()
      .optional(),
  })
  .loose()

/**
 * Select of the keys that break a model's `unique_key`, one row each: in several rows, or without a part that `config`
 * requires. Null for a model without a key. Says for a run without dbt what the macro `broken_keys` says within it.
 * @param config a model's configuration, of dbt's manifest
 */
export function brokenKeys(relation: string, config: unknown): string | null {
  const { unique_key: columns, meta } = keyConfigSchema.parse(config ?? {})
  if (columns === undefined || columns === null) return null
  const key = columns.map(identifier).join(', ')
  const missing = (meta?.required_key ?? columns).map((column) => ` or ${identifier(column)} is null`)
  return `select ${key} from ${relation} group by ${key} having count(*) > 1${missing.join('')}`
}
