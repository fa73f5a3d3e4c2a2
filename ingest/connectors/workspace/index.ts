import type { Config } from '#config'
import type { Connector, ConnectorSession, Stream, StreamMessage } from '../../connector.ts'
import { textBatch } from '../../text-batch.ts'
import { workspaceRows } from './rows.ts'
import type { WorkspaceContent } from './rows.ts'
import { WORKSPACE_STREAMS, workspaceStreamName } from './streams.ts'

/**
 * What people made in Embut (targets, segments, rules) and what embut.yaml says of the company, as a source like any
 * other. It is small, so every read is a full one with the list of what exists.
 */
export function workspaceConnector(workspace: WorkspaceContent): Connector {
  return {
    kind: 'workspace',
    streams: WORKSPACE_STREAMS,
    open: async ({ config }): Promise<ConnectorSession> => ({
      streams: WORKSPACE_STREAMS,
      read: (stream) => readStream(stream, config, workspace),
      close: async () => {},
    }),
  }
}

async function* readStream(
  stream: Stream,
  config: Config,
  workspace: WorkspaceContent,
): AsyncGenerator<StreamMessage> {
  const rows = await workspaceRows(workspaceStreamName(stream), config, workspace)
  const cursor = {}
  const keys = stream.schema.select([...stream.key])
  yield { kind: 'records', batch: textBatch(stream.schema, rows), cursor }
  yield { kind: 'present_keys', batch: textBatch(keys, rows), mayBeEmpty: true }
  yield { kind: 'done', cursor }
}
