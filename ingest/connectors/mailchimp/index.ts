import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** Mailchimp: what became of each campaign of letters. */
export const mailchimp = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)))
