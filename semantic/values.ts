import type { Gate } from './gate.ts'
import type { CubeQuery } from './query.ts'
import type { Reader } from '#config'
import type { SemanticService } from './service.ts'

const DEFAULT_LIMIT = 50

type Asked = {
  readonly member: string
  readonly search: string | undefined
  readonly limit: number | undefined
}

/** Different values of a field, in order; `search` narrows text fields only. */
export async function listValues(
  { gate, load }: { gate: Gate; load: SemanticService['load'] },
  reader: Reader,
  asked: Asked,
): Promise<string[]> {
  const { member, search = '', limit = DEFAULT_LIMIT } = asked
  const { view } = await gate.admit(reader, { dimensions: [member] })
  const isText = view.members.find(({ name }) => name === member)?.type === 'string'
  const filters: CubeQuery['filters'] = [{ member, operator: 'set' }]
  if (isText && search !== '') filters.push({ member, operator: 'contains', values: [search] })
  const { rows } = await load(reader, { dimensions: [member], filters, order: { [member]: 'asc' }, limit })
  return rows.map((row) => String(row[member]))
}
