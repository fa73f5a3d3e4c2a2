/** Kind of the jobs that ask for a sync; the payload is `{ sources }`. */
export const SYNC_JOB = 'sync'
