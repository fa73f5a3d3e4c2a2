import type { Config, SourceConfig } from '#config'
import type { ConnectorContext } from '../../ingest/connector.ts'
import { Killed } from './conformance.ts'

export const START = Date.parse('2026-11-21T08:00:00Z')

/** A clock that moves when somebody waits, and what a connector is given, for one source. */
export type TestBench = {
  now(): number
  wait(hours: number): void
  readonly waits: number[]
  readonly secrets: Map<string, string>
  requests(): number
  context(
    source: SourceConfig,
    options?: { readonly killAt?: number; readonly isRecentOnly?: boolean },
  ): ConnectorContext
}

export function createBench(config: Config): TestBench {
  let now = START
  let requests = 0
  const waits: number[] = []
  const secrets = new Map<string, string>()
  return {
    ...{ waits, secrets },
    now: () => now,
    wait: (hours) => void (now += hours * 3_600_000),
    requests: () => requests,
    context: (source, { killAt = Infinity, isRecentOnly = false } = {}) => {
      let mine = 0
      const counted: typeof fetch = async (input, init) => {
        requests += 1
        if (++mine >= killAt) throw new Killed(`killed at request ${killAt}`)
        return fetch(input, init)
      }
      return {
        ...{ source, config, fetch: counted, now: () => new Date(now), logger: SILENT, isRecentOnly },
        sleep: (milliseconds) => {
          waits.push(milliseconds)
          now += milliseconds
          return Promise.resolve()
        },
        secrets: {
          get: (key) => Promise.resolve(secrets.get(key) ?? null),
          set: (key, value) => Promise.resolve(void secrets.set(key, value)),
        },
      }
    },
  }
}

const SILENT = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}
