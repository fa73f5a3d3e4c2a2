import { UserError, type Bitrix24Source } from '#config'
import type { Connector, ConnectorContext } from '../../connector.ts'
import { fixedCredentials, rotatingCredentials, type Credentials } from '../../declarative/credentials.ts'
import { declarativeConnector } from '../../declarative/index.ts'
import { createRequester } from '../../declarative/requester.ts'
import { BITRIX24_STREAMS } from './definition.ts'
import { problemOf } from './problem.ts'
import { bitrixProtocol } from './protocol.ts'

const TOKEN_URL = 'https://oauth.bitrix.info/oauth/token/'
// The service drains two calls a second.
const CALM_MS = 500

/** Bitrix24 by its REST interface: an incoming webhook, or an application with rotating tokens. */
export const bitrix24: Connector = declarativeConnector('bitrix24', BITRIX24_STREAMS, (context) => {
  const credentials = credentialsOf(bitrixSource(context), context)
  return bitrixProtocol(createRequester({ context, credentials, problemOf, calmMs: CALM_MS }))
})

function bitrixSource({ source }: ConnectorContext): Bitrix24Source {
  if (source.connector === 'bitrix24') return source
  throw new UserError(
    `Source ${source.name} is not a Bitrix24 portal but ${source.connector}. Check its connector in embut.yaml.`,
  )
}

function credentialsOf(source: Bitrix24Source, context: ConnectorContext): Credentials {
  const { auth, url, name } = source
  if ('webhook' in auth) {
    // People paste either the secret part or the whole address.
    const address = auth.webhook.startsWith('http') ? auth.webhook : `${url}/rest/${auth.webhook}`
    return fixedCredentials(address.replace(/\/*$/, '/'), name)
  }
  const client = {
    ...auth,
    tokenUrl: auth.tokenUrl ? `${auth.tokenUrl}/` : TOKEN_URL,
    endpoint: `${url}/rest/`,
  }
  return rotatingCredentials(client, context)
}
