import type { LevelBelow, ReportRow } from '#semantic/report'

/** How rows of a table can be looked into: by which levels, what these are called, and what happens then. */
export type LevelsOfRows = {
  readonly of: (row: ReportRow) => readonly LevelBelow[]
  readonly titleOf: (member: string) => string
  readonly onSelect: (row: ReportRow, level: LevelBelow) => void
}

/** The same of one row. */
export type RowLevels = {
  readonly titleOf: (member: string) => string
  readonly onSelect: (level: LevelBelow) => void
}
