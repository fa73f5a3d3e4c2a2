import type { ConnectorContext } from '../connector.ts'

type Lists = Readonly<Record<string, string>>

/**
 * Where a service's lists lie differs by tenant: `{{ config.lists.<stream> }}` is what `lists` of the source says, else the
 * usual place. A list whose place is empty is not there.
 */
export function withLists(usual: Lists) {
  return (source: ConnectorContext['source']): Readonly<{ lists: Lists }> => {
    const own = 'lists' in source ? source.lists : {}
    const lists = Object.entries({ ...usual, ...own }).filter(([, place]) => place !== '')
    return { ...source, lists: Object.fromEntries(lists) }
  }
}
