import type { ConnectorContext } from '../../connector.ts'
import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'
import { chooseSets, objectsOf } from './sets.ts'

/** 1C:CRM and other configurations of 1C:Enterprise by their standard OData interface. */
export const onec = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)), {
  settings: (source) => ({ ...source, objects: objectsOf('sets' in source ? (source.sets ?? {}) : {}) }),
  prepare: (body: unknown, source: ConnectorContext['source']) => ({
    sets: chooseSets(body, 'sets' in source ? (source.sets ?? {}) : {}, source.name),
  }),
})
