import type { Config } from '#config'

/** A files source as embut.yaml configures it. */
export type FilesSource = Extract<Config['sources'][number], { readonly connector: 'files' }>
export type FileMapping = FilesSource['files'][number]
