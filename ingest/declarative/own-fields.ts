import { z } from 'zod'
import { UserError } from '#config'
import type { ColumnDefinition } from './definition-column.ts'
import type { Definition, StreamDefinition } from './definition.ts'

const fieldsSchema = z.record(z.string(), z.record(z.string(), z.string()))

/**
 * The streams as one tenant has them: `fields` of its settings (stream, column, field of the service) says where a
 * column comes from instead, and the definition's words for "none" hold in every column. Throws UserError for a stream
 * or column that there is not.
 */
export function ownStreams(
  { streams, none }: Definition,
  settings: Readonly<Record<string, unknown>>,
  source: string,
): readonly StreamDefinition[] {
  const fields = fieldsSchema.catch({}).parse(settings['fields'])
  const stranger = Object.keys(fields).find((name) => !streams.some((stream) => stream.name === name))
  if (stranger !== undefined)
    throw unknownName(
      source,
      stranger,
      streams.map(({ name }) => name),
    )
  return streams.map((stream) => {
    const own = fields[stream.name] ?? {}
    const names = Object.keys(stream.columns)
    const odd = Object.keys(own).find((name) => !names.includes(name))
    if (odd !== undefined) throw unknownName(source, `${stream.name}.${odd}`, names)
    const columns = Object.entries(stream.columns).map(([name, column]) => [
      name,
      withNone(own[name] === undefined ? column : movedTo(column, own[name]), none),
    ])
    return { ...stream, columns: Object.fromEntries(columns) }
  })
}

function movedTo(column: ColumnDefinition, from: string): ColumnDefinition {
  const { type } = column
  if (!('none' in column)) return { from, type, none: [] }
  const { none, divide, lead } = column
  return {
    ...{ from, type, none },
    ...(divide === undefined ? {} : { divide }),
    ...(lead === undefined ? {} : { lead }),
  }
}

function withNone(column: ColumnDefinition, none: readonly string[]): ColumnDefinition {
  return 'none' in column ? { ...column, none: [...column.none, ...none] } : column
}

function unknownName(source: string, name: string, known: readonly string[]): UserError {
  return new UserError(
    `Source ${source}: fields names ${name}, which Embut does not read. It reads: ${known.join(', ')}. Change it in embut.yaml.`,
  )
}
