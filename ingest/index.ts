export { syncSources } from './sync.ts'
export type { SyncOptions, SyncSummary } from './sync.ts'
export { probeRights, probeSource, type StreamProbe } from './probe.ts'
export { columnsOfTable } from './table-columns.ts'
export { prepareRaw } from './prepare-raw.ts'
export { retryQuarantine } from './retry-quarantine.ts'
export type { SourceFailure } from './sync-source.ts'
export type { SyncProgress } from './progress.ts'
export { connectorsOf } from './registry.ts'
export type {
  Connector,
  ConnectorContext,
  ConnectorSession,
  Cursor,
  Logger,
  Rejected,
  Rights,
  Stream,
  StreamMessage,
} from './connector.ts'
