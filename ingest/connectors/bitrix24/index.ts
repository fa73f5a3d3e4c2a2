import { UserError } from '#config'
import type { Connector, ConnectorContext } from '../../connector.ts'
import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'
import { batchPages } from './batch.ts'

const TOKEN_URL = 'https://oauth.bitrix.info/oauth/token'

/** Bitrix24 by its REST interface: an incoming webhook, or an application with rotating tokens. */
export const bitrix24: Connector = declarativeConnector(
  readDefinition(new URL('definition.yaml', import.meta.url)),
  { settings, batch: { batch: batchPages } },
)

function settings(source: ConnectorContext['source']): Readonly<Record<string, unknown>> {
  if (source.connector !== 'bitrix24')
    throw new UserError(
      `Source ${source.name} is not a Bitrix24 portal but ${source.connector}. Check its connector in embut.yaml.`,
    )
  const { auth, url } = source
  const chosen = {
    ...(source.lines === false ? {} : { lines: true }),
    ...(source.tasks === true ? { tasks: true } : {}),
    ...(source.payments === true ? { payments: true } : {}),
  }
  if (!('webhook' in auth))
    return { ...chosen, auth, url, endpoint: `${url}/rest`, tokenUrl: `${auth.tokenUrl ?? TOKEN_URL}/` }
  // People paste either the secret part or the whole address.
  const isWhole = auth.webhook.startsWith('http')
  return { ...chosen, auth, url, endpoint: isWhole ? auth.webhook : `${url}/rest/${auth.webhook}` }
}
