import type { Reader } from '#semantic'

/** Who asks in benchmarks: somebody who may see everything. */
export const BENCH_READER: Reader = {
  userId: 'bench',
  role: 'administrator',
  personId: null,
  departmentIds: [],
  canSeePersonal: true,
}
