import { withChoices } from '../../declarative/choices.ts'
import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Zoho CRM by its API v8: records by COQL, stage history deal by deal. */
export const zoho = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)), {
  // People work beside the address that gives tokens, in the same data centre.
  settings: (source) => ({ ...withChoices(source), ...('url' in source ? { web: webOf(source.url) } : {}) }),
})

function webOf(accounts: string): string {
  return accounts.replace('//accounts.', '//crm.')
}
