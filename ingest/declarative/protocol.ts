import type { ConnectorContext } from '../connector.ts'
import type { StreamDefinition } from './definition.ts'
import type { ServiceRecord } from './record.ts'

/** Pages in a row, as far as the service gave them; a page shorter than `pageSize` is the last. */
export type Pages = {
  readonly pages: readonly (readonly ServiceRecord[])[]
  /** The service's clock when it answered, if it says, as an ISO instant. */
  readonly serverTime: string | null
}

export type KeysetQuery = {
  readonly after: number
  /** Only records changed since this ISO instant. */
  readonly since: string | null
  /** How many pages to ask for at once. */
  readonly pages: number
  /** Only the key's fields are needed. */
  readonly keysOnly: boolean
}

/** What the engine needs of one service: how it pages. Everything else is data in the definitions. */
export type Protocol = {
  readonly pageSize: number
  /** How many pages one call can bring. */
  readonly pagesPerCall: number
  keysetPages(definition: StreamDefinition, query: KeysetQuery): Promise<Pages>
  /** The page that starts at a record's position, 0 being the first. */
  offsetPage(definition: StreamDefinition, start: number): Promise<Pages>
}

export type OpenProtocol = (context: ConnectorContext) => Protocol
