import type { Config, EntityName } from '#config'
import { columnsOf } from '../mapping/column.ts'

/** A files source as embut.yaml configures it. */
export type FilesSource = Extract<Config['sources'][number], { readonly connector: 'files' }>
export type FileMapping = FilesSource['files'][number]

/** The entity that the lines of a file become: legs of calls become calls. */
export function entityOf({ entity }: FileMapping): EntityName {
  return entity === 'call_legs' || entity === 'asterisk_cdr' || entity === 'asterisk_queue_log'
    ? 'calls'
    : entity
}

/** Names of the columns that a mapping expects in its file. */
export function wantedColumns(mapping: FileMapping): readonly string[] {
  return 'columns' in mapping ? Object.values(mapping.columns).flatMap(columnsOf) : []
}
