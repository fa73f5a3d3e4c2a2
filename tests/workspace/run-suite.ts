import { describe, expect, it } from 'vitest'
import { isLease, type Load } from '#workspace'
import type { Bench } from './conformance.test.ts'

/** The ledger's mirror, quarantine, locks, jobs, progress. */
export function runSuite(bench: () => Promise<Bench>): void {
  describe('loads', () => {
    it('are mirrored once however often they are written', async () => {
      const { workspace } = await bench()
      await workspace.loads.record([load(1, 'deals'), load(1, 'calls'), load(2, 'deals')])
      await workspace.loads.record([{ ...load(2, 'deals'), rowsRead: 7, bytes: 5_000_000_000 }])
      expect(await workspace.loads.lastLoadId()).toBe(2)
      expect(await workspace.loads.list()).toHaveLength(3)
      expect(await workspace.loads.latest()).toMatchObject([
        { stream: 'calls', loadId: 1 },
        { stream: 'deals', loadId: 2, rowsRead: 7, bytes: 5_000_000_000, flags: ['late'] },
      ])
    })

    it('unfinished ones do not count as the latest', async () => {
      const { workspace } = await bench()
      await workspace.loads.record([load(1, 'deals'), { ...load(2, 'deals'), finishedAt: null }])
      expect(await workspace.loads.latest()).toMatchObject([{ loadId: 1 }])
      expect(await workspace.loads.list({ sourceName: 'other' })).toEqual([])
    })

    it('come in by the thousand', async () => {
      const { workspace } = await bench()
      await workspace.loads.record(Array.from({ length: 1_200 }, (_, index) => load(index + 1, 'deals')))
      expect(await workspace.loads.lastLoadId()).toBe(1_200)
    })
  })

  describe('locks', () => {
    it('are held by one, and say by whom', async () => {
      const { workspace } = await bench()
      const first = await workspace.locks.acquire('raw', { owner: 'sync' })
      const second = await workspace.locks.acquire('raw', { owner: 'build' })
      expect([isLease(first), isLease(second)]).toEqual([true, false])
      expect(second).toMatchObject({ owner: 'sync', pid: process.pid })
      await expect(workspace.locks.withLock('raw', { owner: 'build' }, async () => 1)).rejects.toThrow(
        `"sync" (process ${process.pid}`,
      )
      if (isLease(first)) await workspace.locks.release(first)
      expect(await workspace.locks.holder('raw')).toBeNull()
    })

    it('pass on when the holder falls silent, who then cannot prolong or release them', async () => {
      const { workspace, clock } = await bench()
      const first = await workspace.locks.acquire('raw', { owner: 'sync', leaseMs: 1_000 })
      clock.now = new Date(clock.now.getTime() + 1_001)
      const second = await workspace.locks.acquire('raw', { owner: 'build' })
      if (!isLease(first) || !isLease(second)) throw new Error('not acquired')
      expect(await workspace.locks.heartbeat(first)).toBe(false)
      await workspace.locks.release(first)
      expect(await workspace.locks.holder('raw')).toMatchObject({ owner: 'build' })
      expect(await workspace.locks.heartbeat(second)).toBe(true)
    })

    it('are given back when the work fails, and waited for in turn', async () => {
      const { workspace } = await bench()
      const order: string[] = []
      const work = async (name: string, fails: boolean) =>
        await workspace.locks.withLock('raw', { owner: name, waitMs: 10_000 }, async () => {
          order.push(`${name} in`)
          await new Promise((resolve) => setTimeout(resolve, 50))
          order.push(`${name} out`)
          if (fails) throw new Error('failed')
        })
      const results = await Promise.allSettled([work('a', true), work('b', false), work('c', true)])
      expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
      const pairs = [0, 2, 4].map((index) => order.slice(index, index + 2).map((each) => each[0]))
      expect(pairs.every(([begun, ended]) => begun === ended)).toBe(true)
    })

    it('tell the work when they are lost', async () => {
      const { workspace } = await bench()
      const lost = workspace.locks.withLock('raw', { owner: 'sync', leaseMs: 150 }, async (signal) => {
        await workspace.db.deleteFrom('locks').execute()
        return await new Promise((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)))
      })
      expect(String(await lost)).toContain('was taken over')
    })
  })

  describe('jobs', () => {
    const claim = { kinds: ['mail'], owner: 'worker', leaseMs: 1_000 } as const

    it('with the same unique key exist once', async () => {
      const { workspace } = await bench()
      const first = await workspace.jobs.enqueue({ kind: 'mail', payload: { to: 'a' }, uniqueKey: 'k' })
      const second = await workspace.jobs.enqueue({ kind: 'mail', payload: { to: 'b' }, uniqueKey: 'k' })
      expect(second).toEqual(first)
      expect(await workspace.jobs.list()).toHaveLength(1)
    })

    it('are claimed when due, longest due first, each by one', async () => {
      const { workspace } = await bench()
      await workspace.jobs.enqueue({ kind: 'mail', payload: 'late', runAt: '2026-03-01T11:00:00.000Z' })
      await workspace.jobs.enqueue({ kind: 'mail', payload: 'second', runAt: '2026-03-01T09:30:00.000Z' })
      await workspace.jobs.enqueue({ kind: 'mail', payload: 'first', runAt: '2026-03-01T09:00:00.000Z' })
      await workspace.jobs.enqueue({ kind: 'other', payload: 'other' })
      const claims = await Promise.all([1, 2, 3, 4].map(() => workspace.jobs.claim(claim)))
      expect(claims.map((job) => job?.payload ?? 'none').toSorted()).toEqual([
        'first',
        'none',
        'none',
        'second',
      ])
    })

    it('come back after a failure until their attempts are used up', async () => {
      const { workspace, clock } = await bench()
      const { id } = await workspace.jobs.enqueue({ kind: 'mail', payload: null, maxAttempts: 2 })
      const first = await workspace.jobs.claim(claim)
      if (first === null) throw new Error('nothing to claim')
      expect(await workspace.jobs.fail(first, 'no route', 5_000)).toBe(true)
      expect(await workspace.jobs.claim(claim)).toBeNull()
      clock.now = new Date(clock.now.getTime() + 5_000)
      const second = await workspace.jobs.claim(claim)
      if (second === null) throw new Error('nothing to claim')
      await workspace.jobs.fail(second, 'no route')
      expect(await workspace.jobs.find(id)).toMatchObject({
        status: 'failed',
        attempts: 2,
        error: 'no route',
      })
    })

    it('of a worker that died go to another, and the first can no longer complete them', async () => {
      const { workspace, clock } = await bench()
      await workspace.jobs.enqueue({ kind: 'mail', payload: null })
      const first = await workspace.jobs.claim(claim)
      clock.now = new Date(clock.now.getTime() + 1_001)
      const second = await workspace.jobs.claim(claim)
      if (first === null || second === null) throw new Error('nothing to claim')
      expect(second.id).toBe(first.id)
      expect(await workspace.jobs.complete(first)).toBe(false)
      expect(await workspace.jobs.extend(second)).toBe(true)
      expect(await workspace.jobs.complete(second, { sent: 1 })).toBe(true)
      expect(await workspace.jobs.find(first.id)).toMatchObject({ status: 'done', result: { sent: 1 } })
    })

    it('whose workers keep dying end as failed', async () => {
      const { workspace, clock } = await bench()
      const { id } = await workspace.jobs.enqueue({ kind: 'mail', payload: null, maxAttempts: 1 })
      await workspace.jobs.claim(claim)
      clock.now = new Date(clock.now.getTime() + 1_001)
      expect(await workspace.jobs.claim(claim)).toBeNull()
      expect(await workspace.jobs.find(id)).toMatchObject({
        status: 'failed',
        error: 'The worker ended before the job did',
      })
    })
  })

  describe('progress', () => {
    it('shows how far each step is, when it began and how it ended', async () => {
      const { workspace, clock } = await bench()
      await workspace.progress.report({ runId: 'r', step: 'sync', done: 0, total: 10, message: 'deals' })
      clock.now = new Date('2026-03-01T10:00:05.000Z')
      await workspace.progress.report({ runId: 'r', step: 'sync', done: 10, total: 10, isFinished: true })
      await workspace.progress.report({ runId: 'r', step: 'build', done: 1, error: 'disk full' })
      expect(await workspace.progress.ofRun('r')).toMatchObject([
        {
          step: 'sync',
          done: 10,
          startedAt: '2026-03-01T10:00:00.000Z',
          finishedAt: '2026-03-01T10:00:05.000Z',
        },
        { step: 'build', total: null, error: 'disk full', finishedAt: '2026-03-01T10:00:05.000Z' },
      ])
      expect(await workspace.progress.unfinished()).toEqual([])
    })

    it('ends what nobody reports on any more', async () => {
      const { workspace } = await bench()
      await workspace.progress.report({ runId: 'r', step: 'sync', done: 0 })
      expect(await workspace.progress.sweep('2026-03-01T10:00:00.000Z')).toBe(0)
      expect(await workspace.progress.sweep('2026-03-01T10:00:01.000Z')).toBe(1)
      expect(await workspace.progress.recent()).toMatchObject([{ error: 'Interrupted' }])
    })
  })
}

function load(loadId: number, stream: string): Load {
  return {
    loadId,
    sourceName: 'crm',
    stream,
    startedAt: '2026-03-01T09:00:00.000Z',
    finishedAt: '2026-03-01T09:01:00.000Z',
    rowsRead: 3,
    rowsInserted: 2,
    rowsUpdated: 1,
    rowsDeleted: 0,
    rowsQuarantined: 0,
    bytes: 10,
    durationMs: 60_000,
    flags: ['late'],
  }
}
