import type { Row } from './answer.ts'
import type { Core } from './core.ts'
import type { Gate } from './gate.ts'
import type { Shelf } from './shelf.ts'

/** What answering needs, made once. */
export type Parts = {
  readonly core: Core
  readonly shelf: Shelf
  readonly gate: Gate
  /** Version of the definitions. */
  readonly definitions: string
  readonly budget: { spend(rows: readonly Row[]): void }
}
