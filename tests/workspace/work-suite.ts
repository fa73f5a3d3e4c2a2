import { describe, expect, it } from 'vitest'
import { parseConfig, type Config } from '#config'
import type { Bench } from './conformance.test.ts'

const BY = { author: 'anna', reason: null } as const
const SPELLING = {
  kind: 'spelling',
  content: { entity: 'product', spelling: 'GTXPro', canonical: 'GTX Pro' },
} as const

/** Templates, rules, targets, segments, and their seeding from embut.yaml. */
export function workSuite(bench: () => Promise<Bench>): void {
  describe('templates', () => {
    const draft = {
      name: 'Won',
      definition: { rows: ['a'] },
      readable: 'Won by a',
      ownerId: 'anna',
      author: 'anna',
    }

    it('keep every saved state with who, when and what it says', async () => {
      const { workspace, clock } = await bench()
      const first = await workspace.templates.save({ ...draft, folder: 'Sales', visibility: 'company' })
      clock.now = new Date('2026-03-02T00:00:00Z')
      const next = {
        ...draft,
        id: first.id,
        definition: { rows: ['b'] },
        readable: 'Won by b',
        author: 'bob',
      }
      const second = await workspace.templates.save({ ...next, expectedVersion: 1 })
      expect(second).toMatchObject({ version: 2, ownerId: 'anna', folder: 'Sales', visibility: 'company' })
      expect(await workspace.templates.history(first.id)).toMatchObject([
        { version: 2, author: 'bob', at: '2026-03-02T00:00:00.000Z', readable: 'Won by b' },
        { version: 1, author: 'anna', at: '2026-03-01T10:00:00.000Z', definition: { rows: ['a'] } },
      ])
    })

    it('refuse to overwrite what somebody else saved meanwhile', async () => {
      const { workspace } = await bench()
      const { id } = await workspace.templates.save(draft)
      await workspace.templates.save({ ...draft, id, author: 'bob', expectedVersion: 1 })
      await expect(workspace.templates.save({ ...draft, id, expectedVersion: 1 })).rejects.toThrow(
        'was changed meanwhile by bob',
      )
    })

    it('go back to an older state by saving it again', async () => {
      const { workspace } = await bench()
      const { id } = await workspace.templates.save(draft)
      await workspace.templates.save({ ...draft, id, definition: {} })
      expect(await workspace.templates.restore(id, { version: 1 }, 'bob')).toMatchObject({
        version: 3,
        definition: { rows: ['a'] },
        updatedBy: 'bob',
      })
    })

    it('are listed to those they are for', async () => {
      const { workspace } = await bench()
      await workspace.templates.save({ ...draft, name: 'mine' })
      await workspace.templates.save({
        ...draft,
        name: 'ours',
        visibility: 'department',
        departmentIds: ['d1'],
      })
      await workspace.templates.save({ ...draft, name: 'all', visibility: 'company' })
      const namesFor = async (userId: string, departmentIds: string[]) =>
        (await workspace.templates.listFor({ userId, departmentIds })).map((template) => template.name)
      expect(await namesFor('anna', [])).toEqual(['all', 'mine', 'ours'])
      expect(await namesFor('bob', ['d1'])).toEqual(['all', 'ours'])
      expect(await namesFor('eve', ['d2'])).toEqual(['all'])
    })

    it('are listed to those who were chosen to change them, and keep that through another save', async () => {
      const { workspace } = await bench()
      const { id } = await workspace.templates.save({ ...draft, editBy: 'people', editorIds: ['bob'] })
      await workspace.templates.save({ ...draft, id, author: 'bob' })
      expect(await workspace.templates.find(id)).toMatchObject({
        ...{ version: 2, ownerId: 'anna', editBy: 'people', editorIds: ['bob'] },
      })
      const sees = async (userId: string) =>
        (await workspace.templates.listFor({ userId, departmentIds: [] })).length === 1
      expect([await sees('anna'), await sees('bob'), await sees('eve')]).toEqual([true, true, false])
      await workspace.templates.save({ ...draft, id, editBy: 'owner' })
      expect(await sees('bob')).toBe(false)
    })

    it('leave the lists when removed but keep their history', async () => {
      const { workspace } = await bench()
      const { id } = await workspace.templates.save(draft)
      await workspace.templates.remove(id, 'anna')
      expect(await workspace.templates.find(id)).toBeNull()
      expect(await workspace.templates.list()).toEqual([])
      expect(await workspace.templates.history(id)).toHaveLength(1)
    })
  })

  describe('rules', () => {
    it('that decide the same thing become versions of one rule', async () => {
      const { workspace } = await bench()
      const first = await workspace.rules.add({ ...SPELLING, ...BY })
      const changed = { ...SPELLING, content: { ...SPELLING.content, canonical: 'GTX-Pro' } }
      const second = await workspace.rules.add({ ...changed, author: 'bob', reason: 'as printed' })
      expect(second).toMatchObject({ ruleId: first.ruleId, version: 2, reason: 'as printed' })
      expect(await workspace.rules.ofKind('spelling')).toEqual([second])
    })

    it('from different days stand side by side', async () => {
      const { workspace } = await bench()
      await workspace.rules.add({ ...SPELLING, ...BY })
      await workspace.rules.add({ ...SPELLING, ...BY, validFrom: '2026-01-01' })
      expect((await workspace.rules.list()).map((rule) => rule.validFrom).toSorted()).toEqual([
        '2026-01-01',
        null,
      ])
      await expect(workspace.rules.add({ ...SPELLING, ...BY, validFrom: '01.01.2026' })).rejects.toThrow(
        'YYYY-MM-DD',
      )
    })

    it('have every change taken back and done again, each step readable', async () => {
      const { workspace } = await bench()
      const { ruleId } = await workspace.rules.add({ ...SPELLING, ...BY })
      expect(await workspace.rules.undo(ruleId, BY)).toMatchObject({ version: 2, isActive: false })
      expect(await workspace.rules.list()).toEqual([])
      expect(await workspace.rules.undo(ruleId, BY)).toMatchObject({ version: 3, isActive: true })
      await workspace.rules.revise(ruleId, { ...SPELLING.content, canonical: 'other' }, BY)
      const undone = await workspace.rules.undo(ruleId, { author: 'bob', reason: 'a mistake' })
      expect(undone).toMatchObject({
        version: 5,
        content: SPELLING.content,
        author: 'bob',
        reason: 'a mistake',
      })
      expect(await workspace.rules.remove(ruleId, BY)).toMatchObject({ isActive: false })
      expect(await workspace.rules.history(ruleId)).toHaveLength(6)
      expect((await workspace.rules.versions()).map(({ version }) => version)).toEqual([6, 5, 4, 3, 2, 1])
    })

    it('refuse content that does not fit their kind', async () => {
      const { workspace } = await bench()
      const { ruleId } = await workspace.rules.add({ ...SPELLING, ...BY })
      await expect(workspace.rules.revise(ruleId, { person: 'a:1', sameAs: 'b:2' }, BY)).rejects.toThrow()
      await expect(workspace.rules.undo('nothing', BY)).rejects.toThrow('There is no rule')
    })

    it('cannot be rewritten in the database', async () => {
      const { workspace } = await bench()
      await workspace.rules.add({ ...SPELLING, ...BY })
      await expect(workspace.db.deleteFrom('rule_versions').execute()).rejects.toThrow('append-only')
    })
  })

  describe('targets', () => {
    const scope = { metric: 'won_amount', month: '2026-03', person: 'crm:1' } as const

    it('keep the original beside every revision', async () => {
      const { workspace, clock } = await bench()
      const original = await workspace.targets.set({ ...scope, value: '1000', author: 'anna' })
      clock.now = new Date('2026-03-05T00:00:00Z')
      await workspace.targets.set({ ...scope, value: '1200.50', author: 'bob', reason: 'new product' })
      const history = await workspace.targets.history(original.targetKey)
      expect(history).toMatchObject([
        { version: 1, value: '1000', author: 'anna', isCurrent: false },
        { version: 2, value: '1200.50', author: 'bob', reason: 'new product', isCurrent: true },
      ])
      expect(new Set(history.map((version) => version.targetId)).size).toBe(2)
      expect(await workspace.targets.current('2026-03')).toHaveLength(1)
      expect(await workspace.targets.current('2026-04')).toEqual([])
    })

    it('write nothing when the value stays', async () => {
      const { workspace } = await bench()
      await workspace.targets.set({ ...scope, value: '10', author: 'anna' })
      expect(await workspace.targets.set({ ...scope, value: '10', author: 'bob' })).toMatchObject({
        version: 1,
      })
    })

    it('can be withdrawn and set again', async () => {
      const { workspace } = await bench()
      await workspace.targets.set({ ...scope, value: '10', author: 'anna' })
      await workspace.targets.set({ ...scope, value: null, author: 'anna' })
      expect(await workspace.targets.current()).toEqual([])
      await workspace.targets.set({ ...scope, value: '11', author: 'anna' })
      expect(await workspace.targets.current()).toMatchObject([{ version: 3, value: '11' }])
      expect(await workspace.targets.versions()).toHaveLength(3)
    })

    it('are set all together or not at all', async () => {
      const { workspace } = await bench()
      const wrong = { ...scope, month: 'March', value: '1', author: 'anna' }
      await expect(
        workspace.targets.setMany([{ ...scope, value: '1', author: 'anna' }, wrong]),
      ).rejects.toThrow('month must be YYYY-MM')
      expect(await workspace.targets.versions()).toEqual([])
    })
  })

  describe('segments', () => {
    it('keep their owner when somebody else changes them', async () => {
      const { workspace } = await bench()
      const made = { name: 'Sleeping', definition: { days: 90 }, ownerId: 'anna', author: 'anna' }
      const { segmentId } = await workspace.segments.save(made)
      await workspace.segments.save({ ...made, segmentId, name: 'Asleep', ownerId: 'bob', author: 'bob' })
      expect(await workspace.segments.list()).toMatchObject([
        { name: 'Asleep', ownerId: 'anna', updatedBy: 'bob' },
      ])
      await workspace.segments.remove(segmentId)
      expect(await workspace.segments.find(segmentId)).toBeNull()
    })
  })

  describe('custom fields', () => {
    const field = (name: string, filled: number) => ({
      ...{ source: 'crm', entity: 'deals' as const, field: name, name: null, records: 10, filled },
      ...{ type: 'text' as const, samples: ['a'] },
    })

    it('that a source was seen to have are those of the last look', async () => {
      const { workspace } = await bench()
      await workspace.discoveredFields.keep('crm', [field('ufCity', 4), field('ufOld', 9)])
      await workspace.discoveredFields.keep('other', [{ ...field('x', 1), source: 'other' }])
      await workspace.discoveredFields.keep('crm', [field('ufCity', 5), field('ufNew', 7)])
      const seen = await workspace.discoveredFields.list()
      expect(seen.map(({ source, field: name, filled }) => [source, name, filled])).toEqual([
        ['crm', 'ufNew', 7],
        ['crm', 'ufCity', 5],
        ['other', 'x', 1],
      ])
    })
  })

  describe('seeding from embut.yaml', () => {
    const rule = '{ entity: product, from: GTXPro, to: GTX Pro }'
    const target = (value: number) => `{ metric: calls, month: 2026-03, person: 'crm:1', value: ${value} }`

    it('brings everything in and writes nothing the second time', async () => {
      const { workspace } = await bench()
      const config = yaml(
        `spellings: [${rule}], exclusions: [{ field: title, contains: test, reason: tests }],
         stageMeanings: [{ source: crm, stage: Paid, meaning: won }],
         personLinks: [{ person: crm:1, sameAs: calls:2 }],
         clientLinks: [{ client: crm:company:1, notSameAs: crm:contact:2 }]`,
        target(10),
      )
      expect(await workspace.seedFromConfig(config)).toEqual({ rules: 5, targets: 1 })
      expect(await workspace.seedFromConfig(config)).toEqual({ rules: 0, targets: 0 })
      expect(await workspace.rules.ofKind('clientLink')).toMatchObject([
        { content: { client: 'crm:company:1', other: 'crm:contact:2', isSame: false }, author: 'embut.yaml' },
      ])
      expect(await workspace.rules.ofKind('exclusion')).toMatchObject([
        { content: { operator: 'contains', value: 'test', source: null }, reason: 'tests' },
      ])
    })

    it('keeps what a person decided until the line itself changes', async () => {
      const { workspace } = await bench()
      await workspace.seedFromConfig(yaml(`spellings: [${rule}]`, target(10)))
      const [seeded] = await workspace.rules.list()
      await workspace.rules.undo(seeded?.ruleId ?? '', BY)
      await workspace.targets.set({
        metric: 'calls',
        month: '2026-03',
        person: 'crm:1',
        value: '12',
        author: 'anna',
      })
      expect(await workspace.seedFromConfig(yaml(`spellings: [${rule}]`, target(10)))).toEqual({
        rules: 0,
        targets: 0,
      })
      expect(await workspace.rules.list()).toEqual([])
      expect(await workspace.targets.current()).toMatchObject([{ value: '12' }])
      const changed = yaml(`spellings: [${rule.replace('GTX Pro', 'GTX')}]`, target(15))
      expect(await workspace.seedFromConfig(changed)).toEqual({ rules: 1, targets: 1 })
      expect(await workspace.targets.current()).toMatchObject([{ value: '15', version: 3 }])
    })

    it('ends what was taken out, and brings it back when it returns', async () => {
      const { workspace } = await bench()
      const config = yaml(`spellings: [${rule}]`, target(10))
      await workspace.seedFromConfig(config)
      expect(await workspace.seedFromConfig(yaml('', ''))).toEqual({ rules: 1, targets: 1 })
      expect(await workspace.rules.list()).toEqual([])
      expect(await workspace.targets.current()).toEqual([])
      expect(await workspace.seedFromConfig(yaml('', ''))).toEqual({ rules: 0, targets: 0 })
      expect(await workspace.seedFromConfig(config)).toEqual({ rules: 1, targets: 1 })
      expect(await workspace.rules.list()).toHaveLength(1)
    })

    it('leaves alone what people made themselves', async () => {
      const { workspace } = await bench()
      await workspace.rules.add({ ...SPELLING, ...BY })
      await workspace.seedFromConfig(yaml('', ''))
      expect(await workspace.rules.list()).toHaveLength(1)
    })
  })
}

function yaml(rules: string, targets: string): Config {
  const text = `company: { name: A, timezone: UTC, currency: EUR }\nrules: { ${rules} }\ntargets: [${targets}]\n`
  return parseConfig(text, '/p/embut.yaml', {})
}
