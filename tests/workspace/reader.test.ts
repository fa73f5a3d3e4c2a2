import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isUserError } from '#config'
import { readerOf, ROLES } from '#workspace'

const ROW = { id: 'u', role: 'head', personId: 'crm:1', departmentIds: '["crm:a"]', canSeePersonal: 1 }

it('reads a row of either database and the user of a session alike', () => {
  const reader = {
    userId: 'u',
    role: 'head',
    personId: 'crm:1',
    departmentIds: ['crm:a'],
    canSeePersonal: true,
  }
  expect(readerOf(ROW)).toEqual(reader)
  expect(readerOf({ ...ROW, departmentIds: ['crm:a'], canSeePersonal: true, email: 'a@b.co' })).toEqual(
    reader,
  )
})

it('takes a missing or blank link for none', () => {
  expect(readerOf({ ...ROW, personId: undefined }).personId).toBeNull()
  expect(readerOf({ ...ROW, personId: ' ' }).personId).toBeNull()
})

it.each([
  ['a role nobody knows', { role: 'owner' }],
  ['no role', { role: null }],
  ['departments that are not a list', { departmentIds: 'crm:a' }],
  ['departments that are not text', { departmentIds: '[1]' }],
  ['no departments field', { departmentIds: undefined }],
  ['an unclear flag', { canSeePersonal: 'yes' }],
  ['no id', { id: '' }],
])('gives no access to %s', (_, wrong) => {
  expect(() => readerOf({ ...ROW, ...wrong })).toThrow('cannot be given any access')
})

it('gives either a whole reader or a UserError, whatever the row holds', () => {
  const cell = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.string()))
  const field = (good: unknown) => fc.oneof(fc.constant(good), cell)
  const row = fc.record({
    id: field('u'),
    role: field('head'),
    personId: field('crm:1'),
    departmentIds: field('[]'),
    canSeePersonal: field(1),
  })
  fc.assert(
    fc.property(row, (value) => {
      try {
        const reader = readerOf(value)
        expect(ROLES).toContain(reader.role)
        expect(Array.isArray(reader.departmentIds)).toBe(true)
        expect(typeof reader.canSeePersonal).toBe('boolean')
      } catch (error) {
        if (!isUserError(error)) throw error
      }
    }),
    { numRuns: 200 },
  )
})
