import { declarativeConnector } from '../../declarative/index.ts'
import { readDefinition } from '../../declarative/read-definition.ts'

/** CoMagic and UIS by their Data API: calls, messages, and who and what they belong to. */
export const comagic = declarativeConnector(readDefinition(new URL('definition.yaml', import.meta.url)))
