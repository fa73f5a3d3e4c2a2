import type { Connector, ConnectorContext } from '../connector.ts'
import type { StreamDefinition } from './definition.ts'
import { localInstants } from './local-time.ts'
import type { OpenProtocol } from './protocol.ts'
import { readStream } from './read-stream.ts'
import { createRecordTyper, streamOf } from './record.ts'

/** A connector out of definitions (data) and the protocol by which its service pages. */
export function declarativeConnector(
  kind: string,
  definitions: readonly StreamDefinition[],
  openProtocol: OpenProtocol,
): Connector {
  const streams = definitions.map(streamOf)
  return {
    kind,
    streams,
    open: (context) => {
      const protocol = openProtocol(context)
      const localInstant = localInstants(context.config.company.timezone)
      const since = sinceOf(context)
      const read: Awaited<ReturnType<Connector['open']>>['read'] = (stream, cursor) => {
        const definition = definitions.find((each) => each.name === stream.name)
        if (!definition) throw new RangeError(`${kind} has no stream ${stream.name}`)
        const typer = createRecordTyper(definition, { stream: streamOf(definition), localInstant })
        return readStream({ context, protocol, definition, typer, since }, cursor)
      }
      return Promise.resolve({ streams, read, close: () => Promise.resolve() })
    },
  }
}

function sinceOf({ source }: ConnectorContext): string | null {
  return 'since' in source ? (source.since ?? null) : null
}
