import { expect, test } from 'vitest'
import { SourceError } from '#config'
import type { ConnectorSession, Stream } from '../../ingest/connector.ts'
import { createLanding, land, type Landing } from './landing.ts'

/** A remote service that the suite can disturb, and a connector opened on it. */
export type Remote = {
  session(): Promise<ConnectorSession>
  /** Keys of the stream's records that exist at the service, as text. */
  keys(stream: string): readonly string[]
  /** A stream whose records change and are deleted, and enough of them for several pages. */
  readonly changing: string
  /** Changes a text of a record, adds one, takes one away; a key is one of `keys(changing)`. */
  rename(key: string, name: string): void
  nameOf(row: Readonly<Record<string, unknown>>): unknown
  add(fields: Readonly<Record<string, unknown>>): string
  remove(key: string): void
  /** Faults by their names, until `calm`. */
  readonly faults: {
    tooManyCalls(every: number): void
    hangUps(every: number): void
    serverErrors(every: number): void
    repeatedBorders(): void
    /** Runs before the n-th page that is read from now on. */
    beforePage(number: number, action: () => void): void
    calm(): void
  }
  /** A field the stream has no column for, and a value that does not fit its column. */
  readonly unfit: {
    readonly column: string
    readonly fields: Readonly<Record<string, unknown>>
    readonly expected: unknown
  }
  /** Milliseconds that the connector waited for, in order. */
  readonly waits: readonly number[]
  wait(hours: number): void
  close(): Promise<void>
}

/** What every connector of an API has to do, on a service that misbehaves as the documented one does. */
export function connectorConformance(start: () => Promise<Remote>): void {
  const behaves = (
    name: string,
    run: (remote: Remote, stream: Stream, session: ConnectorSession) => Promise<void>,
  ) =>
    test(name, async () => {
      const remote = await start()
      try {
        const session = await remote.session()
        await run(remote, streamOf(session, remote.changing), session)
      } finally {
        await remote.close()
      }
    })

  const same = (landing: Landing, remote: Remote, stream: string) =>
    expect([...landing.rows.keys()].filter((key) => !landing.deleted.has(key)).sort()).toEqual(
      [...remote.keys(stream)].sort(),
    )

  behaves('reads every stream to its end, each record once', async (remote, _, session) => {
    for (const stream of session.streams) {
      const landing = createLanding()
      await land(session, stream, { into: landing })
      same(landing, remote, stream.name)
      expect(landing.read, stream.name).toBe(landing.rows.size)
      expect(landing.rejected).toBe(0)
    }
  })

  behaves('goes on where it was killed, with nothing lost and little read twice', async (remote, stream) => {
    const whole = createLanding()
    await land(await remote.session(), stream, { into: whole })
    for (const killAfter of [1, 2]) {
      const landing = createLanding()
      expect(await land(await remote.session(), stream, { into: landing, killAfter })).toBe('killed')
      expect(landing.rows.size).toBeLessThan(whole.rows.size)
      await land(await remote.session(), stream, { into: landing })
      expect(landing.rows).toEqual(whole.rows)
      expect(landing.read).toBe(whole.read)
    }
  })

  behaves(
    'reads little again on the next sync and changes nothing by it',
    async (remote, stream, session) => {
      const landing = createLanding()
      await land(session, stream, { into: landing })
      const before = new Map(landing.rows)
      const read = landing.read
      await land(session, stream, { into: landing })
      expect(landing.rows).toEqual(before)
      expect(landing.read - read).toBeLessThan(read / 2)
    },
  )

  behaves('brings what changed and what was added since', async (remote, stream, session) => {
    const landing = createLanding()
    await land(session, stream, { into: landing })
    const [changed = ''] = remote.keys(stream.name)
    remote.rename(changed, 'Another name')
    const added = remote.add({})
    await land(session, stream, { into: landing })
    expect(remote.nameOf(landing.rows.get(changed) ?? {})).toBe('Another name')
    expect(landing.rows.has(added)).toBe(true)
  })

  behaves(
    'brings a record that changed behind it while it was paging, by the next sync',
    async (remote, stream, session) => {
      const [first = ''] = remote.keys(stream.name)
      remote.faults.beforePage(3, () => {
        remote.rename(first, 'Changed meanwhile')
        remote.wait(1)
      })
      const landing = createLanding()
      await land(session, stream, { into: landing })
      remote.faults.calm()
      remote.wait(1)
      await land(session, stream, { into: landing })
      expect(remote.nameOf(landing.rows.get(first) ?? {})).toBe('Changed meanwhile')
    },
  )

  behaves('does not skip records when one is deleted while it is paging', async (remote, stream, session) => {
    const [first = '', ...others] = remote.keys(stream.name)
    remote.faults.beforePage(2, () => remote.remove(first))
    const landing = createLanding()
    await land(session, stream, { into: landing })
    for (const key of others) expect(landing.rows.has(key)).toBe(true)
  })

  behaves(
    'keeps fields it has no column for, and values that do not fit theirs',
    async (remote, stream, session) => {
      const key = remote.add({ somethingNew: 'kept', ...remote.unfit.fields })
      const landing = createLanding()
      await land(session, stream, { into: landing })
      const row = landing.rows.get(key) ?? {}
      expect(row[remote.unfit.column]).toBeNull()
      expect(JSON.parse(String(row['_extra']))).toEqual({
        somethingNew: 'kept',
        [remote.unfit.column]: remote.unfit.expected,
      })
    },
  )

  behaves(
    'waits longer each time when there were too many calls, and loses nothing',
    async (remote, stream, session) => {
      remote.faults.tooManyCalls(2)
      const landing = createLanding()
      await land(session, stream, { into: landing })
      same(landing, remote, stream.name)
      expect(remote.waits.length).toBeGreaterThan(0)
    },
  )

  behaves('survives hang-ups and server errors', async (remote, stream, session) => {
    remote.faults.hangUps(3)
    remote.faults.serverErrors(4)
    const landing = createLanding()
    await land(session, stream, { into: landing })
    same(landing, remote, stream.name)
  })

  behaves(
    'gives up on a service that stays down, naming the source, and goes on from there later',
    async (remote, stream, session) => {
      const landing = createLanding()
      await land(session, stream, { into: landing, killAfter: 1 })
      remote.faults.serverErrors(1)
      const failure = land(session, stream, { into: landing })
      await expect(failure).rejects.toBeInstanceOf(SourceError)
      await expect(failure).rejects.toThrow('Source crm')
      expect(remote.waits.slice(0, 4)).toEqual([...remote.waits.slice(0, 4)].sort((a, b) => a - b))
      remote.faults.calm()
      await land(session, stream, { into: landing })
      same(landing, remote, stream.name)
    },
  )

  behaves(
    'takes a record once when a page repeats the last of the page before',
    async (remote, stream, session) => {
      remote.faults.repeatedBorders()
      const landing = createLanding()
      await land(session, stream, { into: landing })
      same(landing, remote, stream.name)
      expect(landing.read).toBe(landing.rows.size)
    },
  )

  behaves('reports deleted records once a day', async (remote, stream, session) => {
    const landing = createLanding()
    await land(session, stream, { into: landing })
    const [gone = ''] = remote.keys(stream.name)
    remote.remove(gone)
    remote.wait(1)
    await land(session, stream, { into: landing })
    expect(landing.deleted.size).toBe(0)
    remote.wait(24)
    await land(session, stream, { into: landing })
    expect([...landing.deleted]).toEqual([gone])
  })

  behaves(
    'deletes nothing when most records are suddenly out of sight, and says so',
    async (remote, stream, session) => {
      const landing = createLanding()
      await land(session, stream, { into: landing })
      remote.wait(24)
      await land(session, stream, { into: landing })
      const keys = remote.keys(stream.name)
      keys.slice(0, Math.ceil(keys.length * 0.7)).forEach((key) => remote.remove(key))
      remote.wait(24)
      await land(session, stream, { into: landing })
      expect(landing.deleted.size).toBe(0)
      expect(landing.flags.join()).toContain('deleted records not looked for')
    },
  )
}

export function streamOf(session: ConnectorSession, name: string): Stream {
  const stream = session.streams.find((each) => each.name === name)
  if (!stream) throw new Error(`no stream ${name}`)
  return stream
}
