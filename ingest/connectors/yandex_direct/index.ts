import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Yandex.Direct by its Reports service: what was spent by day, campaign, ad group and criterion. */
export const yandexDirect = declarativeConnector(
  readDefinition(new URL('definition.yaml', import.meta.url)),
  {
    settings: (source) => ({
      ...source,
      includeVat: 'vat' in source && source.vat === 'without' ? 'NO' : 'YES',
    }),
  },
)
