/** Kind of the jobs by which people ask for a sync; the payload is `{ sources }`. */
export const SYNC_JOB = 'sync'

/** Kind of the jobs by which what a source sent by itself asks to be read, before all else; the same payload. */
export const HOOK_JOB = 'hook'
