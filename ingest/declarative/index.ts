import type { Connector, ConnectorContext, ConnectorSession } from '../connector.ts'
import { isCheckDue } from './check-time.ts'
import { isChosen } from './choices.ts'
import type { Definition } from './definition.ts'
import { localInstants, wallTimes } from './local-time.ts'
import { ownStreams } from './own-fields.ts'
import { readStream } from './read-stream.ts'
import { linksOf } from './links.ts'
import { createRecordTyper, streamOf } from './record.ts'
import { openService, settingsOf, type Hooks } from './session.ts'

/** A connector out of its definition, and hooks for what that can't say. */
export function declarativeConnector(definition: Definition, hooks: Hooks = {}): Connector {
  const streams = definition.streams.map(streamOf)
  return {
    kind: definition.kind,
    streams,
    links: (source) => linksOf(definition, hooks, source),
    open: (context) => Promise.resolve(openSession({ definition, hooks, streams }, context)),
  }
}

type Opening = Pick<Connector, 'streams'> & { readonly definition: Definition; readonly hooks: Hooks }

function openSession({ definition, hooks, streams }: Opening, context: ConnectorContext): ConnectorSession {
  const service = openService(definition, context, hooks)
  const settings = settingsOf(hooks, context)
  const own = ownStreams(definition, settings, context.source.name)
  const { config, now } = context
  return {
    streams,
    isParallel: true,
    usage: () => service.usage(),
    rights: () => service.rights(),
    close: () => Promise.resolve(),
    async *read({ name }, cursor) {
      const stream = own.find((each) => each.name === name)
      if (!stream) throw new RangeError(`${definition.kind} has no stream ${name}`)
      if (!isChosen(stream, settings)) {
        yield { kind: 'done', cursor: cursor ?? {} }
        return
      }
      if (!(await service.offers(stream))) {
        yield { kind: 'done', cursor: cursor ?? {}, flags: [`the service does not offer ${name}`] }
        return
      }
      const zone = await service.zone()
      const localInstant = localInstants(zone)
      yield* readStream(
        {
          context,
          stream,
          first: sinceOf(context),
          wall: wallTimes(zone),
          typer: createRecordTyper(stream, {
            stream: streamOf(stream),
            localInstant,
            noise: definition.noise,
          }),
          list: (ask) => service.list(stream, ask),
          isCheckDue: (checkedAt) => context.isFull === true || isCheckDue(config, checkedAt, now()),
        },
        cursor,
      )
    },
  }
}

function sinceOf({ source }: ConnectorContext): number | null {
  const since = 'since' in source ? source.since : undefined
  return since === undefined ? null : Date.parse(`${since}T00:00:00Z`)
}
