import { declarativeConnector } from '../../declarative/index.ts'
import { withLists } from '../../declarative/lists.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Where the lists of the CRM lie in a tenant that changed nothing. */
const LISTS = {
  deals: 'app/_clients/_deals/list',
  statuses: 'app/_clients/_deals/settings/status',
  leads: 'app/_clients/_leads/list',
  companies: 'app/_clients/_companies/list',
  contacts: 'app/_clients/_contacts/list',
}

const settingsWithLists = withLists(LISTS)

/** ELMA365 CRM by its public API: every list is one of an app, which `lists` of a source can name otherwise. */
export const elma365 = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)), {
  settings: (source) => {
    const settings = settingsWithLists(source)
    return { ...settings, apps: appsOf(settings.lists) }
  },
})

/** Apps by the lists that they give: `_clients/_deals` of `app/_clients/_deals/list`. */
function appsOf(lists: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const apps = Object.entries(lists).flatMap(([name, place]) => {
    const app = /^app\/(.+)\/list$/.exec(place)?.[1]
    return app === undefined ? [] : [[name, app] as const]
  })
  return Object.fromEntries(apps)
}
