import { describe, expect, it } from 'vitest'
import { accessOf, safeNext } from '#lib/server/access.ts'
import { describeError } from '#lib/server/describe-error.ts'
import { freshnessOf } from '#lib/server/freshness.ts'
import { part } from '#lib/server/home/ask.ts'
import { hasBrought, loadRuns } from '#lib/server/load-runs.ts'
import { findingText } from '#lib/finding.ts'
import { isLive } from '#lib/server/home/waiting.ts'
import { markWeakest } from '#lib/server/home/steps.ts'
import { changeOf } from '#lib/components/home/change.ts'

const now = new Date('2026-02-18T10:42:00Z')

describe('closed by default', () => {
  it('sends a page without a session to sign-in and refuses an API call', () => {
    expect(accessOf('/', false)).toBe('to-sign-in')
    expect(accessOf('/anything/else', false)).toBe('to-sign-in')
    expect(accessOf('/api/query', false)).toBe('refused')
    expect(accessOf('/api/authority', false)).toBe('refused')
  })
  it('leaves only sign-in open', () => {
    expect([accessOf('/sign-in', false), accessOf('/api/auth/sign-in/email', false)]).toEqual([
      'open',
      'open',
    ])
  })
  it('goes on to an address of this portal only', () => {
    expect(safeNext('/reports?d=1')).toBe('/reports?d=1')
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      null,
      '/sign-in?next=/',
    ]) {
      expect(safeNext(next)).toBe('/')
    }
  })
})

describe('errors', () => {
  it('shows the words of a UserError and hides anything else under a code', () => {
    const lines: string[] = []
    const where = { path: '/', method: 'GET' }
    const known = Object.assign(new Error('Choose a period.'), { name: 'UserError' })
    expect(describeError(known, where)).toMatchObject({ status: 400, message: 'Choose a period.' })
    const hidden = describeError(new Error('secret detail'), where, (line) => lines.push(line))
    expect(hidden).toMatchObject({ status: 500, message: 'Something went wrong' })
    expect(lines[0]).toContain(`id=${hidden.id}`)
  })

  it('of a request that its reader gave up is no error of the portal', () => {
    const lines: string[] = []
    const left = Object.assign(new Error('aborted'), { code: 'ECONNRESET' })
    const where = { path: '/x', method: 'POST' }
    expect(describeError(left, where, (line) => lines.push(line)).status).toBe(499)
    expect(lines).toEqual([])
  })
  it('lets one part of a page fail alone', async () => {
    const silent = (): void => {}
    expect(await part(Promise.reject(new Error('boom')), silent)).toEqual({ ok: false, message: '' })
    expect(await part(Promise.resolve(1))).toEqual({ ok: true, value: 1 })
  })
})

describe('freshness', () => {
  const sources = [
    { name: 'crm', connector: 'bitrix24' },
    { name: 'lists', connector: 'files' },
    { name: 'new', connector: 'bitrix24' },
  ]
  const loads = [
    { sourceName: 'crm', finishedAt: '2026-02-18T10:00:00.000Z' },
    { sourceName: 'crm', finishedAt: '2026-02-18T10:40:00.000Z' },
    { sourceName: 'lists', finishedAt: '2026-02-01T08:00:00.000Z' },
  ]
  it('counts a source as in step within three syncs, and files as long as they were read', () => {
    const freshness = freshnessOf(sources, loads, { now, syncMinutes: 5 })
    expect(freshness.sources.map(({ isFresh }) => isFresh)).toEqual([true, true, false])
    expect(freshness).toMatchObject({ freshCount: 2, asOf: '2026-02-01T08:00:00.000Z' })
  })
  it('calls a source late after that', () => {
    const later = new Date('2026-02-18T11:00:00Z')
    expect(freshnessOf(sources, loads, { now: later, syncMinutes: 5 }).sources[0]).toMatchObject({
      isFresh: false,
    })
  })
})

describe('who waits', () => {
  const at = (...times: (string | null)[]) => ({
    publishedAt: '2026-02-18T09:00:00Z',
    freshness: times.map((time, index) => ({ source: `s${index}`, at: time })),
  })
  it('waits now while every source that has loaded is under five minutes old', () => {
    expect(isLive(at('2026-02-18T10:38:00Z', '2026-02-18T10:41:00Z', null), now)).toBe(true)
    expect(isLive(at('2026-02-18T10:36:59Z', '2026-02-18T10:41:00Z'), now)).toBe(false)
    expect(isLive(at(null), now)).toBe(false)
  })
})

describe('loads', () => {
  type Line = [stream: string, loadId: number, rowsInserted: number, startedAt: string]
  const line = (...[stream, loadId, rowsInserted, startedAt]: Line) => ({
    ...{ loadId, sourceName: 'crm', stream, startedAt, finishedAt: startedAt, rowsRead: 5, rowsInserted },
    ...{ rowsUpdated: 0, rowsDeleted: 0, rowsQuarantined: 0, bytes: 1, durationMs: 20 * loadId, flags: [] },
  })
  it('are one line for a look at a source, with what its streams brought', () => {
    const runs = loadRuns([
      line('deals', 4, 0, '2026-02-18T10:40:00.000Z'),
      line('calls', 3, 0, '2026-02-18T10:40:00.000Z'),
      line('deals', 2, 7, '2026-02-18T10:35:00.001Z'),
      line('calls', 1, 0, '2026-02-18T10:35:00.000Z'),
    ])
    expect(runs.map(({ rowsInserted, durationMs }) => [rowsInserted, durationMs])).toEqual([
      [0, 80],
      [7, 40],
    ])
    expect(runs.filter(hasBrought).map(({ streams }) => streams.map(({ stream }) => stream))).toEqual([
      ['deals'],
    ])
  })
})

describe('findings', () => {
  it('are told in the reader’s language, with what they name as it is', () => {
    expect(findingText('The deal has no stage that is known', 'es')).toBe(
      'El negocio no tiene ninguna etapa conocida',
    )
    expect(findingText('Rows wait in quarantine: Not a number', 'es')).toBe(
      'Hay filas que no se pudieron usar: Not a number',
    )
    expect(findingText('Something new', 'es')).toBe('Something new')
    expect(findingText('Rows wait in quarantine: Not a number', 'en')).toBe(
      'Rows wait in quarantine: Not a number',
    )
  })
})

describe('figures', () => {
  it('shows a change as a share, and of a rate as points', () => {
    expect(changeOf({ format: 'money', value: '150', before: '100' })).toEqual({ size: 0.5, isPoints: false })
    expect(changeOf({ format: 'percent', value: '0.75', before: '0.5' })).toEqual({
      size: 0.25,
      isPoints: true,
    })
    expect(changeOf({ format: 'number', value: '3', before: '0' })).toBeNull()
  })
  it('does not call a stage the weakest by a handful of deals', () => {
    const steps = markWeakest([
      { stage: 'New', reached: 200, advanced: 100, lost: 60, open: 40 },
      { stage: 'Rare', reached: 12, advanced: 1, lost: 11, open: 0 },
      { stage: 'Offer', reached: 100, advanced: 30, lost: 60, open: 10 },
    ])
    expect(steps.filter(({ isWeakest }) => isWeakest).map(({ stage }) => stage)).toEqual(['Offer'])
  })
})
