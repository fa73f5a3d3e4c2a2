export {
  QueryError,
  SourceError,
  UserError,
  isQueryError,
  isSourceError,
  isUserError,
  reasonOf,
  type Problem,
} from './error.ts'
export {
  CALL_LEG,
  COLUMN_TYPES,
  ENTITIES,
  ENTITY_NAMES,
  duckdbType,
  type ColumnType,
  type Entity,
  type EntityColumn,
  type EntityName,
} from './entity.ts'
export {
  CUSTOM_ENTITIES,
  CUSTOM_SUBJECTS,
  CUSTOM_FOLDER,
  CUSTOM_TYPES,
  customConflict,
  customFieldSchema,
  customKeyOf,
  subjectOf,
  type CustomEntity,
  type CustomField,
  type CustomSubject,
  type CustomType,
  type DiscoveredField,
} from './custom-field.ts'
export { LINKED, type RecordLinks } from './record-link.ts'
export { jsonSchema } from './json-schema.ts'
export {
  loadConfig,
  loadSettings,
  parseConfig,
  type Config,
  type DeepReadonly,
  type Settings,
} from './load.ts'
export { ROLES, type Reader, type Role } from './reader.ts'
export {
  EXCLUSION_FIELDS,
  SPELLING_ENTITIES,
  STAGE_MEANINGS,
  TARGET_METRICS,
  type Rules,
  type Target,
} from './rule.ts'
export {
  RFM_CELLS,
  RFM_SCORES,
  cellsOfBlocks,
  listed,
  rfmGridSchema,
  type RfmBlock,
  type RfmGrid,
} from './rfm-grid.ts'
export { SHIPPED_RFM_CELLS } from './rfm-names.ts'
export { SHIPPED_VOICE_WORDS } from './voice-words.ts'
export {
  VOICE_LANGUAGES,
  plainText,
  plainWords,
  speaksOf,
  stemOf,
  termOf,
  type Term,
  type VoiceLanguage,
} from './stem.ts'
export { describeConfigTemplate, secretsOf, type ConfigAnswers, type SourceAnswer } from './template.ts'
export { withSource } from './add-source.ts'
export { type Bitrix24Source } from './api-source.ts'
export { CONNECTIONS, type Connection, type Question } from './question.ts'
export { TABLE_CONNECTIONS, type TableConnection } from './table-question.ts'
export type { TeamCalendar } from './team-calendar.ts'
export { CONNECTORS, type SourceConfig } from './source.ts'
export type { ColumnMapping } from './mapping.ts'
export type {
  FileMapping,
  FilesSource,
  MysqlSource,
  PostgresSource,
  SheetsSource,
  SingerSource,
  WebhookSource,
} from './table-source.ts'
