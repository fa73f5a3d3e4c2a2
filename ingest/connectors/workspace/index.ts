import { createHash } from 'node:crypto'
import type { Config } from '#config'
import type { Connector, ConnectorSession, Cursor, Stream, StreamMessage } from '../../connector.ts'
import { textBatch } from '../../text-batch.ts'
import { recordLinks } from './record-links.ts'
import { workspaceRows } from './rows.ts'
import type { WorkspaceContent } from './rows.ts'
import { WORKSPACE_STREAMS, workspaceStreamName } from './streams.ts'
import type { TextRow, WorkspaceStreamName } from './streams.ts'

/**
 * What people made in Embut (targets, segments, rules) and what embut.yaml says of the company, as a source like any
 * other. It is small, so what changed is read as a whole.
 */
export function workspaceConnector(workspace: WorkspaceContent, others: readonly Connector[]): Connector {
  const rowsOf = (name: WorkspaceStreamName, config: Config) =>
    name === 'record_links'
      ? Promise.resolve(recordLinks(config.sources, others))
      : workspaceRows(name, config, workspace)
  return {
    kind: 'workspace',
    streams: WORKSPACE_STREAMS,
    open: async ({ config }): Promise<ConnectorSession> => ({
      streams: WORKSPACE_STREAMS,
      read: (stream, cursor) => readStream(stream, cursor, () => rowsOf(workspaceStreamName(stream), config)),
      close: async () => {},
    }),
  }
}

async function* readStream(
  stream: Stream,
  before: Cursor | null,
  readRows: () => Promise<readonly TextRow[]>,
): AsyncGenerator<StreamMessage> {
  const rows = await readRows()
  const content = createHash('sha256').update(JSON.stringify(rows)).digest('hex')
  if (before?.['content'] !== content) {
    // The cursor moves only with the end: cut off before the keys, all is read again.
    yield { kind: 'records', batch: textBatch(stream.schema, rows), cursor: before ?? {} }
    yield {
      kind: 'present_keys',
      batch: textBatch(stream.schema.select([...stream.key]), rows),
      mayBeEmpty: true,
    }
  }
  yield { kind: 'done', cursor: { content } }
}
