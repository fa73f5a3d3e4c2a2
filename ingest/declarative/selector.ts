import { SourceError } from '#config'
import type { StreamDefinition } from './definition.ts'
import { isRecord, stepsOf, valueAt } from './path.ts'

/**
 * The records of an answer: the list (or the one record) at `select`, maps in `flatten` spread into them, and the
 * entries of `explode` with the record around as `parent`. What is no record stays, to be rejected. No list where one
 * has to be is an error, for it would look like an empty source.
 */
export function selectRecords(
  stream: Pick<StreamDefinition, 'name' | 'select' | 'mayLack' | 'explode' | 'flatten'>,
  body: unknown,
  source: string,
): readonly unknown[] {
  if (body === null) return []
  const found = valueAt(body, stream.select)
  if (found === undefined && !stream.mayLack && !isEmptyAround(body, stream.select))
    throw missingList(stream, source)
  const records = Array.isArray(found) ? found : found === undefined || found === null ? [] : [found]
  const flat =
    stream.flatten.length === 0 ? records : records.map((record) => flatten(record, stream.flatten))
  return stream.explode === undefined ? flat : flat.flatMap((record) => explode(record, stream.explode ?? ''))
}

// PHP writes an empty map as a list.
function isEmptyAround(body: unknown, select: string): boolean {
  const around = valueAt(body, stepsOf(select).slice(0, -1))
  return typeof around === 'object' && around !== null && Object.keys(around).length === 0
}

/** The error of an answer without the list that has to be in it. */
export function missingList(
  { name, select }: Pick<StreamDefinition, 'name' | 'select'>,
  source: string,
): SourceError {
  const message = `Source ${source} answered without the list ${select} of ${name}. Its interface may have changed.`
  return new SourceError(message, { source, stream: name })
}

function flatten(record: unknown, names: readonly string[]): unknown {
  if (!isRecord(record)) return record
  const own = Object.entries(record).filter(([name]) => !names.includes(name))
  const inner = names.map((name) => record[name]).filter(isRecord)
  return Object.assign({}, ...inner, Object.fromEntries(own))
}

function explode(record: unknown, path: string): readonly unknown[] {
  if (!isRecord(record)) return [record]
  const list = valueAt(record, path)
  if (!Array.isArray(list)) return []
  return list.map((entry: unknown) => (isRecord(entry) ? { ...entry, parent: record } : entry))
}
