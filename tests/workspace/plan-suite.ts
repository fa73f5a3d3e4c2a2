import { describe, expect, it } from 'vitest'
import type { Workspace } from '#workspace'
import type { Bench } from './conformance.test.ts'

const SCOPE = { month: '2026-04', metric: 'won_amount', department: 'd1' } as const
const CELLS = [
  { person: 'p1', value: '100.50', explanation: { value: '90' }, after: 0 },
  { person: 'p2', value: '200', after: 0 },
]
const HEAD = { author: 'Ruth' }

async function sent(workspace: Workspace): Promise<string> {
  const { planId } = await workspace.plans.begin(SCOPE, CELLS, HEAD)
  await workspace.plans.move(planId, 'send', HEAD)
  return planId
}

/** Plans from draft to in force, with the answers of people. */
export function planSuite(bench: () => Promise<Bench>): void {
  describe('plans', () => {
    it('go from draft over sent and agreed to in force, and only then set targets', async () => {
      const { workspace, clock } = await bench()
      const planId = await sent(workspace)
      clock.now = new Date('2026-03-02T00:00:00Z')
      const one = await workspace.plans.answer(planId, {
        ...{ person: 'p1', version: 1, author: 'Anna', answer: 'agreed' },
      })
      expect(one.state).toBe('sent')
      const two = await workspace.plans.answer(planId, {
        ...{ person: 'p2', version: 1, author: 'Ben', answer: 'agreed' },
      })
      expect(two.state).toBe('agreed')
      expect(await workspace.targets.versions()).toEqual([])
      const { month, metric } = SCOPE
      const target = { month, metric, person: 'p1', value: '100.50', author: 'Ruth', after: 0 }
      const last = await workspace.plans.putInForce(planId, [target], HEAD)
      expect(last.moves.map(({ state, author, at }) => `${state} ${author} ${at.slice(0, 10)}`)).toEqual([
        'draft Ruth 2026-03-01',
        'sent Ruth 2026-03-01',
        'agreed Ben 2026-03-02',
        'in_force Ruth 2026-03-02',
      ])
      expect(await workspace.targets.current()).toMatchObject([{ person: 'p1', value: '100.50' }])
      expect(last.cells[0]).toMatchObject({ explanation: { value: '90' }, answer: { author: 'Anna' } })
    })

    it('take the number that a person asked for, or hold to theirs with a reason', async () => {
      const { workspace } = await bench()
      const planId = await sent(workspace)
      const asks = { answer: 'asked', value: '80', reason: 'on leave' } as const
      await workspace.plans.answer(planId, { person: 'p1', version: 1, author: 'Anna', ...asks })
      await workspace.plans.answer(planId, { person: 'p2', version: 1, author: 'Ben', ...asks })
      const decided = { author: 'Ruth', version: 1 }
      await workspace.plans.decide(planId, { ...decided, person: 'p1', decision: 'accept' })
      const plan = await workspace.plans.decide(planId, {
        ...{ ...decided, person: 'p2', decision: 'hold', reason: 'no leave in April' },
      })
      expect(plan.state).toBe('sent')
      expect(plan.cells).toMatchObject([
        { person: 'p1', version: 2, value: '80', answer: { answer: 'agreed', author: 'Anna' } },
        { person: 'p2', version: 1, value: '200', answer: { answer: 'held', reason: 'no leave in April' } },
      ])
      const { state } = await workspace.plans.answer(planId, {
        ...{ person: 'p2', version: 1, author: 'Ben', answer: 'agreed' },
      })
      expect(state).toBe('agreed')
    })

    it('are put in force with open answers only for a reason, and set nothing where that is refused', async () => {
      const { workspace } = await bench()
      const planId = await sent(workspace)
      const { month, metric } = SCOPE
      const target = { month, metric, person: 'p1', value: '100.50', author: 'Ruth' }
      await expect(workspace.plans.putInForce(planId, [target], HEAD)).rejects.toThrow(
        '2 of 2 have not agreed',
      )
      const wrong = { ...target, after: 7 }
      const why = { ...HEAD, reason: 'the month begins' }
      await expect(workspace.plans.putInForce(planId, [wrong], why)).rejects.toThrow('meanwhile')
      expect(await workspace.plans.list(SCOPE)).toMatchObject([{ state: 'sent' }])
      expect(await workspace.targets.versions()).toEqual([])
      expect(await workspace.plans.putInForce(planId, [target], why)).toMatchObject({
        state: 'in_force',
        moves: [{}, {}, { reason: 'the month begins' }],
      })
    })

    it('keep an agreement to a number that stays when they are taken back and sent again', async () => {
      const { workspace } = await bench()
      const planId = await sent(workspace)
      for (const person of ['p1', 'p2']) {
        await workspace.plans.answer(planId, { person, version: 1, author: person, answer: 'agreed' })
      }
      await expect(workspace.plans.move(planId, 'take_back', HEAD)).rejects.toThrow('Say why')
      await workspace.plans.move(planId, 'take_back', { ...HEAD, reason: 'a new client' })
      await workspace.plans.setCells(planId, [{ person: 'p2', value: '250', after: 1 }], HEAD)
      const plan = await workspace.plans.move(planId, 'send', HEAD)
      expect(plan.state).toBe('sent')
      expect(plan.cells.map(({ answer }) => answer?.answer ?? null)).toEqual(['agreed', null])
      const stale = { person: 'p2', version: 1, author: 'Ben', answer: 'agreed' } as const
      await expect(workspace.plans.answer(planId, stale)).rejects.toThrow('changed by Ruth meanwhile')
    })

    it('are shown to a person with the own number alone, and not while they are drafts', async () => {
      const { workspace } = await bench()
      const { planId } = await workspace.plans.begin(SCOPE, CELLS, HEAD)
      expect(await workspace.plans.sentTo('p1')).toEqual([])
      await workspace.plans.move(planId, 'send', HEAD)
      const seen = await workspace.plans.sentTo('p1')
      expect(seen).toMatchObject([{ state: 'sent', cells: [{ person: 'p1', value: '100.50' }] }])
      expect(JSON.stringify(seen)).not.toContain('p2')
      expect(await workspace.plans.sentTo('p3')).toEqual([])
    })

    it('are one at a time for a department, and none of their past can be changed', async () => {
      const { workspace } = await bench()
      const { planId } = await workspace.plans.begin(SCOPE, CELLS, HEAD)
      await expect(workspace.plans.begin(SCOPE, [], { author: 'Eva' })).rejects.toThrow('Ruth has begun')
      await workspace.plans.begin({ ...SCOPE, department: 'd2' }, [], HEAD)
      await workspace.plans.move(planId, 'discard', HEAD)
      expect((await workspace.plans.list(SCOPE)).map(({ department }) => department)).toEqual(['d2'])
      await workspace.plans.begin(SCOPE, CELLS, HEAD)
      for (const table of ['plans', 'plan_cells', 'plan_moves'] as const) {
        await expect(workspace.db.deleteFrom(table).execute()).rejects.toThrow('append-only')
      }
    })

    it('refuse what is no number, and keep nothing of it', async () => {
      const { workspace } = await bench()
      const wrong = [{ person: 'p3', value: 'much', after: 0 }]
      await expect(workspace.plans.begin(SCOPE, [...CELLS, ...wrong], HEAD)).rejects.toThrow('not much')
      expect(await workspace.plans.list(SCOPE)).toEqual([])
      const planId = await sent(workspace)
      const asks = { person: 'p1', version: 1, author: 'Anna', answer: 'asked', reason: 'so' } as const
      await expect(workspace.plans.answer(planId, { ...asks, value: 'less' })).rejects.toThrow('not less')
      await expect(workspace.plans.answer(planId, { ...asks, value: '100.50' })).rejects.toThrow('was sent')
      await expect(workspace.plans.answer(planId, { ...asks, value: '90', reason: ' ' })).rejects.toThrow(
        'Say why',
      )
      await expect(workspace.plans.answer(planId, { ...asks, person: 'p9', value: '1' })).rejects.toThrow(
        'no number for p9',
      )
    })
  })
}
