/** What Cube reads from the environment; set before Cube is first imported. */
export function setCubeEnvironment(env: NodeJS.ProcessEnv): void {
  Object.assign(env, {
    CUBEJS_TELEMETRY: 'false',
    CUBEJS_DB_TYPE: 'duckdb',
    CUBEJS_CACHE_AND_QUEUE_DRIVER: 'memory',
    CUBEJS_TESSERACT_SQL_PLANNER: 'false',
    CUBEJS_TRANSPILATION_NATIVE: 'false',
    CUBEJS_DEV_MODE: 'false',
    CUBEJS_REFRESH_WORKER: 'false',
    CUBEJS_SCHEDULED_REFRESH_TIMER: 'false',
    CUBEJS_ALLOW_UNGROUPED_WITHOUT_PRIMARY_KEY: 'true',
    CUBEJS_DB_QUERY_LIMIT: String(MOST_ROWS),
  })
}

/** A limit above any row count: what a query without an end is compiled with. */
export const MOST_ROWS = 2_147_483_647
