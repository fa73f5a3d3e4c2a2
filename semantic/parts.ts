import type { Compiler } from './compiler.ts'
import type { Gate } from './gate.ts'
import type { Results } from './results.ts'
import type { Shelf } from './shelf.ts'
import type { Slowest } from './slowest.ts'
import type { Twin } from './twins.ts'

/** What answering needs, made once. */
export type Parts = {
  readonly sqlOf: Compiler
  readonly shelf: Shelf
  readonly gate: Gate
  /** Version of the definitions. */
  readonly definitions: string
  readonly results: Results
  readonly slowest: Slowest
  /** Aggregates that may answer in place of facts, by how many rows the marts of a version have. */
  readonly twinsOf: (rows: ReadonlyMap<string, number>) => readonly Twin[]
}
