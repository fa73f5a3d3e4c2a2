import { expect, test } from 'vitest'
import { SourceError } from '#config'
import type { Connector, ConnectorSession, Stream } from '../../ingest/connector.ts'
import { createLanding, land, type Landing } from './landing.ts'

/** What a remote may not be able to show. Each skip of a suite says why. */
export type Capability =
  | 'deletes'
  | 'stage history'
  | 'zones'
  | 'expiring token'
  | 'rotated refresh token'
  | 'cap'
  | 'exact decimals'
  | 'newest first'

/** A remote service that the suite can disturb, and a connector opened on it. */
export type Remote = {
  readonly connector: Pick<Connector, 'kind'>
  readonly skips: Readonly<Partial<Record<Capability, string>>>
  /** Opens the connector; with `killAt`, its process dies at that request. */
  session(options?: { readonly killAt?: number; readonly isRecentOnly?: boolean }): Promise<ConnectorSession>
  /** Requests so far. */
  requests(): number
  /** Keys of the stream's records that exist at the service, as text. */
  keys(stream: string): readonly string[]
  /** A stream whose records change and are deleted, and enough of them for several pages. */
  readonly changing: string
  /** A record of it that a later sync sees when it changes. */
  changeable(): string
  /** Changes a text of a record, adds one, takes one away; a key is one of `keys(changing)`. */
  rename(key: string, name: string): void
  nameOf(row: Readonly<Record<string, unknown>>): unknown
  add(fields: Readonly<Record<string, unknown>>): string
  remove(key: string): void
  /** Set where the service tells what was deleted: takes a record away without a word. */
  readonly hide?: ((key: string) => void) | undefined
  /** Adds a record that has no key. */
  addMalformed(): void
  /** Faults by their names, until `calm`. */
  readonly faults: {
    tooManyCalls(every: number): void
    hangUps(every: number): void
    serverErrors(every: number): void
    expiredTokens(every: number): void
    repeatedBorders(): void
    /** Runs before the n-th page that is read from now on. */
    beforePage(number: number, action: () => void): void
    /** Makes lists longer than the service gives of one list. */
    cap(): void
    calm(): void
  }
  /** A field the stream has no column for, and a value that does not fit its column. */
  readonly unfit: Example
  /** A value that a double cannot hold. */
  readonly exact: Example
  /** A time as the service writes it, and its instant. */
  readonly zoned: Example
  /** Set where lists can be asked for by whole days alone: what lies on a border of two is read with both. */
  readonly readsBordersTwice?: boolean | undefined
  /** Requests that an access token lasts where it expires in the middle; default 3. Several calls at once need more. */
  readonly tokenLasts?: number | undefined
  /** Milliseconds that the connector waited for, in order. */
  readonly waits: readonly number[]
  /** Milliseconds that the service asks for when there were too many calls, if it says. */
  readonly retryAfterMs: number | null
  wait(hours: number): void
  close(): Promise<void>
}

export type Example = {
  readonly column: string
  readonly fields: Readonly<Record<string, unknown>>
  readonly expected: unknown
}

/** The process was killed. */
export class Killed extends Error {}

/** A number of JSON exactly as written. */
export function rawNumber(source: string): unknown {
  const make: unknown = Reflect.get(JSON, 'rawJSON')
  return typeof make === 'function' ? make(source) : source
}

type Run = (remote: Remote, stream: Stream, session: ConnectorSession) => Promise<void>

const IS_LONG = process.env['EMBUT_LONG'] === '1'

/** What every connector of an API has to do, on a service that misbehaves as the documented one does. */
export function connectorConformance(start: () => Promise<Remote>): void {
  const behaves = (name: string, run: Run, capability?: Capability) =>
    test(name, async (context) => {
      const remote = await start()
      try {
        const reason = capability === undefined ? undefined : remote.skips[capability]
        if (reason !== undefined) return context.skip(`${remote.connector.kind}: ${reason}`)
        const session = await remote.session()
        await run(remote, streamOf(session, remote.changing), session)
      } finally {
        await remote.close()
      }
    })
  for (const [name, run] of Object.entries(READING)) behaves(name, run)
  for (const [name, run] of Object.entries(RESUMING)) behaves(name, run)
  for (const [name, run] of Object.entries(REFUSALS)) behaves(name, run)
  for (const [name, run] of Object.entries(VALUES)) behaves(name, run)
  for (const [name, [capability, run]] of Object.entries(CAPABLE)) behaves(name, run, capability)
}

async function landed(session: ConnectorSession, stream: Stream, into = createLanding()): Promise<Landing> {
  await land(session, stream, { into })
  return into
}

function expectSame(landing: Landing, remote: Remote, stream: string): void {
  expect([...landing.rows.keys()].filter((key) => !landing.deleted.has(key)).sort()).toEqual(
    [...remote.keys(stream)].sort(),
  )
}

function expectRead({ readsBordersTwice }: Remote, { read }: Landing, wanted: number): void {
  if (readsBordersTwice === true) expect(read).toBeLessThan(wanted * 1.05)
  else expect(read).toBe(wanted)
}

const READING: Readonly<Record<string, Run>> = {
  'reads every stream to its end, each record once': async (remote, _, session) => {
    for (const stream of session.streams) {
      const landing = await landed(session, stream)
      expectSame(landing, remote, stream.name)
      expectRead(remote, landing, landing.rows.size)
      expect(landing.rejected).toBe(0)
    }
  },
  'reads little again on the next sync and changes nothing by it': async (remote, stream, session) => {
    const landing = await landed(session, stream)
    const before = new Map(landing.rows)
    const read = landing.read
    await landed(session, stream, landing)
    expect(landing.rows).toEqual(before)
    expect(landing.read - read).toBeLessThan(read / 2)
  },
  'brings what changed and what was added since': async (remote, stream, session) => {
    const landing = await landed(session, stream)
    const changed = remote.changeable()
    remote.rename(changed, 'Another name')
    const added = remote.add({})
    await landed(session, stream, landing)
    expect(remote.nameOf(landing.rows.get(changed) ?? {})).toBe('Another name')
    expect(landing.rows.has(added)).toBe(true)
  },
  'brings a record that changed behind it while it was paging, by the next sync': async (
    remote,
    stream,
    session,
  ) => {
    const first = remote.changeable()
    remote.faults.beforePage(3, () => {
      remote.rename(first, 'Changed meanwhile')
      remote.wait(1)
    })
    const landing = await landed(session, stream)
    remote.faults.calm()
    remote.wait(1)
    await landed(session, stream, landing)
    expect(remote.nameOf(landing.rows.get(first) ?? {})).toBe('Changed meanwhile')
  },
  'does not skip records when one is deleted while it is paging': async (remote, stream, session) => {
    const [first = '', ...others] = remote.keys(stream.name)
    remote.faults.beforePage(2, () => remote.remove(first))
    const landing = await landed(session, stream)
    for (const key of others) expect(landing.rows.has(key)).toBe(true)
  },
  'takes a record for one when a page repeats the last of the page before': async (
    remote,
    stream,
    session,
  ) => {
    remote.faults.repeatedBorders()
    expectSame(await landed(session, stream), remote, stream.name)
  },
  'takes an empty answer for no records': async (remote, stream, session) => {
    for (const key of remote.keys(stream.name)) remote.remove(key)
    const landing = await landed(session, stream)
    expect([landing.rows.size, landing.rejected]).toEqual([0, 0])
    expect(landing.cursor).not.toBeNull()
  },
}

const RESUMING: Readonly<Record<string, Run>> = {
  'goes on where it was killed, with nothing lost and little read twice': async (remote, stream) => {
    const whole = await landed(await remote.session(), stream)
    for (const killAfter of [1, 2]) {
      const landing = createLanding()
      expect(await land(await remote.session(), stream, { into: landing, killAfter })).toBe('killed')
      expect(landing.rows.size).toBeLessThan(whole.rows.size)
      await landed(await remote.session(), stream, landing)
      expect(landing.rows).toEqual(whole.rows)
      expectRead(remote, landing, whole.read)
    }
  },
  'ends with the same rows when killed at any request': async (remote, stream) => {
    const before = remote.requests()
    const whole = await landed(await remote.session(), stream)
    const requests = remote.requests() - before
    const all = Array.from({ length: requests }, (_, index) => index + 1)
    const chosen = IS_LONG ? all : [2, Math.ceil(requests / 2), requests]
    for (const killAt of chosen) {
      const landing = createLanding()
      const session = await remote.session({ killAt })
      await land(session, stream, { into: landing }).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error
      })
      await landed(await remote.session(), stream, landing)
      expect(landing.rows, `killed at request ${killAt}`).toEqual(whole.rows)
    }
  },
}

const REFUSALS: Readonly<Record<string, Run>> = {
  'waits as long as it is asked to when there were too many calls, and loses nothing': async (
    remote,
    stream,
    session,
  ) => {
    remote.faults.tooManyCalls(2)
    expectSame(await landed(session, stream), remote, stream.name)
    expect(remote.waits.length).toBeGreaterThan(0)
    if (remote.retryAfterMs !== null) expect(remote.waits).toContain(remote.retryAfterMs)
  },
  'survives hang-ups and server errors': async (remote, stream, session) => {
    remote.faults.hangUps(3)
    remote.faults.serverErrors(4)
    expectSame(await landed(session, stream), remote, stream.name)
  },
  'gives up on a service that stays down, naming the source, and goes on from there later': async (
    remote,
    stream,
    session,
  ) => {
    const landing = createLanding()
    await land(session, stream, { into: landing, killAfter: 1 })
    const waited = remote.waits.length
    remote.faults.serverErrors(1)
    const failure = land(session, stream, { into: landing })
    await expect(failure).rejects.toBeInstanceOf(SourceError)
    await expect(failure).rejects.toThrow('Source crm')
    const waits = remote.waits.slice(waited, waited + 4)
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    remote.faults.calm()
    await landed(session, stream, landing)
    expectSame(landing, remote, stream.name)
  },
}

const VALUES: Readonly<Record<string, Run>> = {
  'keeps fields it has no column for, and values that do not fit theirs': async (remote, stream, session) => {
    const key = remote.add({ somethingNew: 'kept', ...remote.unfit.fields })
    const row = (await landed(session, stream)).rows.get(key) ?? {}
    expect(row[remote.unfit.column]).toBeNull()
    expect(JSON.parse(String(row['_extra']))).toEqual({
      somethingNew: 'kept',
      [remote.unfit.column]: remote.unfit.expected,
    })
  },
  'sets a record without a key apart and lands the rest': async (remote, stream, session) => {
    const keys = remote.keys(stream.name)
    remote.addMalformed()
    const landing = await landed(session, stream)
    expect([...landing.rows.keys()].sort()).toEqual([...keys].sort())
    expect(landing.rejected).toBe(1)
  },
  'lands rows that lost a field': async (remote, stream, session) => {
    const key = remote.add({ [Object.keys(remote.unfit.fields)[0] ?? '']: undefined })
    const row = (await landed(session, stream)).rows.get(key) ?? {}
    expect(row[remote.unfit.column]).toBeNull()
  },
}

const CAPABLE: Readonly<Record<string, readonly [Capability, Run]>> = {
  'goes on when the access token expires in the middle': [
    'expiring token',
    async (remote, stream, session) => {
      remote.faults.expiredTokens(remote.tokenLasts ?? 3)
      expectSame(await landed(session, stream), remote, stream.name)
    },
  ],
  'keeps a rotated refresh token when its process is killed': [
    'rotated refresh token',
    async (remote, stream) => {
      remote.faults.expiredTokens(remote.tokenLasts ?? 3)
      const landing = createLanding()
      const session = await remote.session({ killAt: 5 })
      await land(session, stream, { into: landing }).catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error
      })
      await landed(await remote.session(), stream, landing)
      expectSame(landing, remote, stream.name)
    },
  ],
  'reads a list to its end that is longer than the service gives of one': [
    'cap',
    async (remote, stream, session) => {
      remote.faults.cap()
      expectSame(await landed(session, stream), remote, stream.name)
    },
  ],
  'keeps numbers exact that a double cannot hold': [
    'exact decimals',
    async (remote, stream, session) => {
      const key = remote.add(remote.exact.fields)
      const row = (await landed(session, stream)).rows.get(key) ?? {}
      expect(String(row[remote.exact.column])).toBe(remote.exact.expected)
    },
  ],
  'reads times in the zone that they are written in': [
    'zones',
    async (remote, stream, session) => {
      const key = remote.add(remote.zoned.fields)
      const row = (await landed(session, stream)).rows.get(key) ?? {}
      expect(row[remote.zoned.column]).toBe(remote.zoned.expected)
    },
  ],
  'reads the last 90 days before all that is older, and says since when it is whole': [
    'newest first',
    async (remote, stream) => {
      const landing = await landed(await remote.session({ isRecentOnly: true }), stream)
      expect(landing.flags.join()).toMatch(/^whole since \d{4}-\d\d-\d\d$/)
      expect(landing.rows.size).toBeLessThan(remote.keys(stream.name).length)
      landing.flags.length = 0
      await landed(await remote.session(), stream, landing)
      expect(landing.flags).toEqual([])
      expectSame(landing, remote, stream.name)
    },
  ],
  'lands the moves of deals between stages': [
    'stage history',
    async (remote, _, session) => {
      const landing = await landed(session, streamOf(session, 'stage_history'))
      expectSame(landing, remote, 'stage_history')
      expect(landing.rows.size).toBeGreaterThan(100)
    },
  ],
  'reports deleted records once a day, or at once where the service tells them': [
    'deletes',
    async (remote, stream, session) => {
      const landing = await landed(session, stream)
      const [gone = ''] = remote.keys(stream.name)
      remote.remove(gone)
      remote.wait(1)
      await landed(session, stream, landing)
      expect([...landing.deleted]).toEqual(remote.hide === undefined ? [] : [gone])
      remote.wait(24)
      await landed(session, stream, landing)
      expect([...landing.deleted]).toEqual([gone])
    },
  ],
  'deletes nothing when most records are suddenly out of sight, and says so': [
    'deletes',
    async (remote, stream, session) => {
      const landing = await landed(session, stream)
      remote.wait(24)
      await landed(session, stream, landing)
      const keys = remote.keys(stream.name)
      keys.slice(0, Math.ceil(keys.length * 0.7)).forEach(remote.hide ?? remote.remove)
      remote.wait(24)
      await landed(session, stream, landing)
      expect(landing.deleted.size).toBe(0)
      expect(landing.flags.join()).toContain('deleted records not looked for')
    },
  ],
}

export function streamOf(session: ConnectorSession, name: string): Stream {
  const stream = session.streams.find((each) => each.name === name)
  if (!stream) throw new Error(`no stream ${name}`)
  return stream
}
