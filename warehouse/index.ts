export { openWarehouse, withWarehouse } from './instance.ts'
export type { OpenOptions, Warehouse } from './instance.ts'
export type { Connection, Row } from './connection.ts'
export { identifier, literal, qualified } from './sql.ts'
export { rawColumns, rawSchema } from './raw/stream.ts'
export type { CustomPlace, RawColumn, RawStream } from './raw/stream.ts'
export { discoverCustomFields } from './raw/custom-fields.ts'
export { FIELDS } from './raw/described-fields.ts'
export { ensureRawCatalog, replaceUnionViews } from './raw/catalog.ts'
export type { RawConnector } from './raw/catalog.ts'
export { mergeLoad, stageLoad } from './raw/merge.ts'
export type { Load, StagedLoad, Tombstones } from './raw/merge.ts'
export type { Input } from './raw/incoming.ts'
export type { RejectedRow } from './raw/quarantine.ts'
export { limitsOf, readLimit, rightsFlag, WHOLE_SINCE } from './raw/limits.ts'
export type { LoadLimit, RightsLimit } from './raw/limits.ts'
export { readLedger, readStreamStates } from './raw/ledger.ts'
export type { LedgerLine, StreamState } from './raw/ledger.ts'
export { buildAndPublish } from './publish/build.ts'
export type { BuildOptions, BuildProgress } from './publish/build.ts'
export { brokenKeys } from './publish/keys.ts'
export { dropMonth, keepMonth } from './publish/closed-months.ts'
export type { ClosedMonth } from './publish/closed-months.ts'
export {
  currentPublished,
  listPublished,
  prunePublished,
  publishedFolder,
  restorePublished,
} from './publish/published.ts'
export type { Published } from './publish/published.ts'
export { projectChecksum } from './publish/project-files.ts'
