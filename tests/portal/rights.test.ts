import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { mayEdit, mayManage, mayRun, savedRights, type Rights } from '#lib/designer/server/rights.ts'
import {
  listCards,
  saveTemplate,
  templateDraft,
  type TemplateDraftInput,
} from '#lib/designer/server/templates.ts'
import { duplicateTemplate, restoreTemplate } from '#lib/designer/server/versions.ts'
import { parseDefinition } from '#semantic/report'
import type { Reader, Role, Services } from '#services'
import type { Template } from '#workspace'
import { openServices, withSignIn, type FakeServices } from './fake-services.ts'

const SEED = 20261123
const USERS = ['anna', 'bob', 'eve'] as const
const anyList = fc.subarray(['d1', 'd2'])
const anyRights = fc.record<Rights>({
  visibility: fc.constantFrom('private', 'department', 'company'),
  editBy: fc.constantFrom('owner', 'runners', 'people'),
  editorIds: fc.subarray([...USERS]),
})
const anyTemplate = fc
  .tuple(anyRights, fc.constantFrom(...USERS), anyList)
  .map(([rights, ownerId, departmentIds]) => ({ ...rights, ownerId, departmentIds }) as unknown as Template)
const anyReader = fc.record<Reader>({
  userId: fc.constantFrom(...USERS),
  role: fc.constantFrom<Role>('administrator', 'head', 'manager', 'marketer', 'analyst'),
  personId: fc.constant(null),
  departmentIds: anyList,
  canSeePersonal: fc.boolean(),
})

/** The rule, written anew: what the report's page says. */
function said({ ownerId, visibility, departmentIds, editBy, editorIds }: Template, reader: Reader) {
  const isOwner = ownerId === reader.userId
  const isNamed = editBy === 'people' && editorIds.includes(reader.userId)
  const isOurs = visibility === 'department' && departmentIds.some((id) => reader.departmentIds.includes(id))
  const manages = isOwner || reader.role === 'administrator'
  const runs = manages || isNamed || isOurs || visibility === 'company'
  return { runs, manages, edits: manages || isNamed || (editBy === 'runners' && runs) }
}

describe('who may do what with a report', () => {
  it('is as its owner says, for every report and reader', () => {
    fc.assert(
      fc.property(anyTemplate, anyReader, (template, reader) => {
        const { runs, manages, edits } = said(template, reader)
        expect([mayRun(template, reader), mayManage(template, reader), mayEdit(template, reader)]).toEqual([
          runs,
          manages,
          edits,
        ])
      }),
      { seed: SEED, numRuns: 2_000 },
    )
  })

  it('is changed by nobody but its owner and administrators, whatever a save asks for', () => {
    fc.assert(
      fc.property(anyTemplate, anyRights, anyReader, (template, asked, reader) => {
        const saved = savedRights(template, asked, reader)
        if (!mayManage(template, reader)) expect(saved).toEqual({})
        else expect(saved).toMatchObject({ visibility: asked.visibility, editBy: asked.editBy })
      }),
      { seed: SEED, numRuns: 500 },
    )
  })
})

describe('a report that is saved', () => {
  let services: FakeServices
  let all: Services
  const people = new Map<Role, Reader>()
  beforeAll(async () => {
    services = await openServices()
    all = withSignIn(services, 'http://localhost')
    for (const { id, role, personId, departmentIds } of await services.workspace.users.list())
      if (!people.has(role))
        people.set(role, { userId: id, role, personId, departmentIds, canSeePersonal: false })
  })
  afterAll(() => services.close())

  const readerOf = (role: Role): Reader => {
    const found = people.get(role)
    if (found === undefined) throw new Error(`nobody signs in as ${role}`)
    return found
  }
  const draft: TemplateDraftInput = {
    name: 'Won',
    folder: '',
    definition: parseDefinition({ version: 1, reportType: 'deals_report' }),
    sentence: 'Won deals',
    visibility: 'private',
    editBy: 'owner',
    editorIds: [],
  }

  it('by somebody who may change it keeps its owner and rights, and says who made the version', async () => {
    const analyst = readerOf('analyst')
    const head = readerOf('head')
    const rights = { editBy: 'people' as const, editorIds: [head.userId] }
    const { id } = await saveTemplate(all, analyst, { ...draft, ...rights })
    const asked = { ...draft, id, name: 'Won deals', visibility: 'company' as const, expectedVersion: 1 }
    expect(await saveTemplate(all, head, asked)).toMatchObject({
      ...{ name: 'Won deals', version: 2, ownerId: analyst.userId, updatedBy: head.userId },
      ...{ visibility: 'private', ...rights },
    })
    await expect(saveTemplate(all, readerOf('manager'), { ...draft, id })).rejects.toMatchObject({
      status: 403,
    })
    await expect(saveTemplate(all, analyst, { ...asked, name: 'Mine' })).rejects.toMatchObject({
      status: 409,
      body: {
        message: expect.stringMatching(
          /^Oriol Camps saved version 2 of this report after you opened version 1/,
        ),
      },
    })
  })

  it('comes back as an earlier version and is copied, with a line in the audit log for each', async () => {
    const [analyst, head] = [readerOf('analyst'), readerOf('head')]
    const { id } = await saveTemplate(all, analyst, { ...draft, visibility: 'company', editBy: 'runners' })
    const { version } = await saveTemplate(all, head, { ...draft, id, name: 'Theirs', expectedVersion: 1 })
    await expect(restoreTemplate(all, analyst, { id, version: 1, expectedVersion: 1 })).rejects.toMatchObject(
      { status: 409, body: { message: expect.stringMatching(/^Oriol Camps saved version 2/) } },
    )
    const restored = await restoreTemplate(all, analyst, { id, version: 1, expectedVersion: version })
    expect(restored).toMatchObject({ name: 'Won', version: 3, updatedBy: analyst.userId })
    const copy = await duplicateTemplate(all, head, { id, name: 'Won, my own' })
    expect(copy).toMatchObject({
      ownerId: head.userId,
      visibility: 'private',
      definition: restored.definition,
    })
    const lines = await services.workspace.audit.list({ limit: 100 })
    const toldOf = (subject: string) =>
      lines.filter((line) => line.subject === subject).map(({ action, userId }) => [action, userId])
    expect(toldOf(id)).toContainEqual(['template.restore', analyst.userId])
    expect(toldOf(copy.id)).toEqual([['template.duplicate', head.userId]])
    await expect(
      restoreTemplate(all, readerOf('manager'), { id: copy.id, version: 1, expectedVersion: 1 }),
    ).rejects.toMatchObject({ status: 404 })
  })

  it('has an audit line for each change of its rights, and none for a save that keeps them', async () => {
    const analyst = readerOf('analyst')
    const { id } = await saveTemplate(all, analyst, draft)
    await saveTemplate(all, analyst, { ...draft, id, visibility: 'company', editBy: 'runners' })
    await saveTemplate(all, analyst, { ...draft, id, visibility: 'company', editBy: 'runners' })
    await saveTemplate(all, readerOf('administrator'), { ...draft, id, visibility: 'company' })
    const lines = (await services.workspace.audit.list({ limit: 100 })).filter(
      ({ subject }) => subject === id,
    )
    const told = lines.filter(({ action }) => action === 'template.rights')
    expect(told.map(({ userId, detail }) => ({ userId, detail })).toReversed()).toEqual([
      {
        userId: analyst.userId,
        detail: { name: 'Won', visibility: 'company', editBy: 'runners', editorIds: [] },
      },
      {
        userId: readerOf('administrator').userId,
        detail: { name: 'Won', visibility: 'company', editBy: 'owner', editorIds: [] },
      },
    ])
  })

  it('by somebody who has left is on the list of administrators, who may save and share it', async () => {
    const { name, definition, sentence: readable } = draft
    const left = { ownerId: 'somebody who left', author: 'somebody who left' }
    const { id } = await services.templates.save({ ...{ name, definition, readable }, ...left })
    const listed = async (role: Role) => (await listCards(all, readerOf(role))).some((card) => card.id === id)
    expect([await listed('administrator'), await listed('analyst')]).toEqual([true, false])
    const shared = { ...draft, id, visibility: 'company' as const, expectedVersion: 1 }
    await saveTemplate(all, readerOf('administrator'), shared)
    expect(await listed('analyst')).toBe(true)
  })

  it('again without the version that it was opened at is refused', () => {
    expect(() => templateDraft.parse({ ...draft, id: 'a' })).toThrow('names the version')
    expect(() => templateDraft.parse({ ...draft, id: 'a', expectedVersion: 1 })).not.toThrow()
    expect(() => templateDraft.parse(draft)).not.toThrow()
  })

  it('for departments stays with theirs when somebody else saves it', async () => {
    const head = readerOf('head')
    const { id } = await saveTemplate(all, head, { ...draft, visibility: 'department' })
    const saved = await saveTemplate(all, readerOf('administrator'), {
      ...draft,
      id,
      visibility: 'department',
    })
    expect(saved.departmentIds).toEqual(head.departmentIds)
  })
})
