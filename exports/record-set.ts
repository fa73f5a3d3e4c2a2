import { UserError } from '#config'
import type { Passport } from '#semantic'
import type { ExportOptions, RecordsRequest } from './ports.ts'
import type { RecordColumn } from './record-columns.ts'
import { recordColumns } from './record-columns.ts'

/** A query compiled under its reader's rights, with the words for what it holds. */
export type RecordSet = {
  readonly sql: string
  readonly params: readonly unknown[]
  readonly file: string
  readonly columns: readonly RecordColumn[]
  readonly passport: Passport
}

/** Compiles a query of records without a cap. Throws when the numbers are published anew at every attempt. */
export async function compileRecords(
  { semantic, company }: Pick<ExportOptions, 'semantic' | 'company'>,
  { reader, query, locale }: Pick<RecordsRequest, 'reader' | 'query' | 'locale'>,
): Promise<RecordSet> {
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const compiled = await semantic.sql(reader, query)
    const { passport } = await semantic.load(reader, { ...query, limit: 1 }, { locale })
    if (passport.version !== compiled.version) continue
    const columns = recordColumns(compiled.columns, query, {
      members: passport.members,
      currency: company.currency,
    })
    return { sql: compiled.sql, params: compiled.params, file: compiled.file, columns, passport }
  }
  throw new UserError('New numbers were published while the export was being prepared: start it again')
}
