import type { Core } from './core.ts'
import type { Gate } from './gate.ts'
import type { Results } from './results.ts'
import type { Shelf } from './shelf.ts'
import type { Twin } from './twins.ts'

/** What answering needs, made once. */
export type Parts = {
  readonly core: Core
  readonly shelf: Shelf
  readonly gate: Gate
  /** Version of the definitions. */
  readonly definitions: string
  readonly results: Results
  /** Aggregates that may answer in place of facts; none where the facts alone are wanted. */
  readonly twins: readonly Twin[]
}
