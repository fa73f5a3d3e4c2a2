import { SourceError } from '#config'
import type { AnswerFormat } from './decode.ts'
import type { StreamDefinition } from './definition.ts'
import { jsonList, MissingList } from './json-list.ts'
import type { Answer } from './problem.ts'
import { lineRecords } from './record-reader.ts'
import { missingList, selectRecords } from './selector.ts'

type Reading = {
  readonly stream: StreamDefinition
  readonly format: AnswerFormat
  readonly source: string
}

/**
 * The records of an answer, many at a time; all at once where the answer is held. Throws SourceError when it has no
 * list where one has to be, or breaks off.
 */
export async function* recordPieces(
  { stream, format, source }: Reading,
  { stored, body }: Answer,
): AsyncGenerator<readonly unknown[]> {
  if (stored === undefined || format === 'json') {
    yield selectRecords(stream, body, source)
    return
  }
  const reader = format === 'json_list' ? jsonList(stream.select) : lineRecords(format)
  try {
    for await (const records of stored.records(reader))
      yield selectRecords({ ...stream, select: '' }, records, source)
  } catch (error) {
    if (error instanceof MissingList && stream.mayLack) return
    if (error instanceof MissingList) throw missingList(stream, source)
    if (error instanceof SyntaxError) throw brokenOff({ stream, source }, error)
    throw error
  }
}

function brokenOff({ stream, source }: Omit<Reading, 'format'>, cause: SyntaxError): SourceError {
  const message = `Source ${source} broke off its answer of ${stream.name} (${cause.message}). What came before is kept; the next sync asks again.`
  return new SourceError(message, { source, stream: stream.name, retryable: true, cause })
}
