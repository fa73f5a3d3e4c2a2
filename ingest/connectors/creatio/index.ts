import { UserError } from '#config'
import type { ConnectorContext } from '../../connector.ts'
import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Creatio, and BPMSoft that came from it, by OData 4: a session of a user, or an application with a secret. */
export const creatio = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)), {
  settings: (source: ConnectorContext['source']) => {
    if (source.connector !== 'creatio')
      throw new UserError(`Source ${source.name} is not Creatio. Check its connector in embut.yaml.`)
    // Where it runs on .NET Framework, the application lies one step below the address.
    return { ...source, endpoint: `${source.url}${source.platform === 'framework' ? '/0' : ''}/odata` }
  },
})
