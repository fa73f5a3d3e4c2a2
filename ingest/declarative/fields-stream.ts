import { FIELDS } from '#warehouse'
import type { Definition, StreamDefinition } from './definition.ts'

/** The stream that a definition with a catalogue has besides its own: the fields that tenants add to records. */
export function withFieldsStream(definition: Definition): Definition {
  if (definition.catalog === undefined) return definition
  return { ...definition, streams: [fieldsStream(definition.catalog.request), ...definition.streams] }
}

function fieldsStream(request: StreamDefinition['request']): StreamDefinition {
  const text = (from: string) => ({ from, type: 'text' as const, none: [] })
  const names = ['key', 'entity', 'field', 'label', 'type', 'separator']
  return {
    ...{ name: FIELDS, key: ['key'], role: 'records', request, own: {}, select: '', mayLack: false },
    ...{ flatten: [], page: { type: 'single' }, cursor: { type: 'everything' }, custom: {}, ignored: [] },
    deletes: { type: 'absent' },
    columns: {
      ...Object.fromEntries(names.map((name) => [name, text(name)])),
      options: { from: 'options', type: 'json', none: [] },
    },
  }
}
