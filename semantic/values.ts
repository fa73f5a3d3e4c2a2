import type { Admitted } from './admit.ts'
import type { CubeQuery } from './query.ts'
import type { Reader } from '#config'
import type { SemanticService } from './service.ts'

const DEFAULT_LIMIT = 50

type Asked = {
  readonly member: string
  readonly search: string | undefined
  readonly limit: number | undefined
}

type Asking = {
  readonly admit: (reader: Reader, query: unknown) => Promise<Admitted>
  readonly load: SemanticService['load']
}

/** Different values of a field, in order; `search` narrows text fields only. */
export async function listValues({ admit, load }: Asking, reader: Reader, asked: Asked): Promise<string[]> {
  const { member, search = '', limit = DEFAULT_LIMIT } = asked
  const { view } = await admit(reader, { dimensions: [member] })
  const isText = view.members.find(({ name }) => name === member)?.type === 'string'
  const filters: CubeQuery['filters'] = [{ member, operator: 'set' }]
  if (isText && search !== '') filters.push({ member, operator: 'contains', values: [search] })
  const { rows } = await load(reader, { dimensions: [member], filters, order: { [member]: 'asc' }, limit })
  return rows.map((row) => String(row[member]))
}
