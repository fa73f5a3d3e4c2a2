export {
  memberName,
  queryOf,
  type Dimension,
  type Measure,
  type MemberOf,
  type Time,
  type ViewName,
  type ViewQuestion,
} from './client.ts'
export { MEMBERS } from './generated/members.ts'
export type { Row } from './answer.ts'
export type { Logger } from './logger.ts'
export type { MemberMeta, ViewMeta } from './meta.ts'
export type { Passport } from './passport.ts'
export type { CubeQuery, Filter, MemberFilter } from './query.ts'
export { ROLES, type Reader, type Role } from '#config'
export { createSemantic } from './create.ts'
export type { QueryResult, SemanticOptions, SemanticService } from './service.ts'
export type { SlowQuery } from './slowest.ts'
export type { Column, CompiledQuery, ResultStream } from './stream.ts'
