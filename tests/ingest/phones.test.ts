import { afterEach, expect, test } from 'vitest'
import { COMPANY, makeProject } from './project.ts'
import type { Project } from './project.ts'

let project: Project
afterEach(() => project.dispose())

/** A files source `crm` with these entries under `files`. */
function source(files: string, company = COMPANY): string {
  return `${company}\nsources:\n  crm:\n    connector: files\n    folder: data\n    files:\n${files}`
}

test('phones are normalised once, and unusable ones say why', async () => {
  const contacts = source(
    `
      - { match: a.csv, entity: contacts, columns: { contact_id: id, name: id, phone: phone } }
`,
    `${COMPANY}  country: ES\n  ownPhones: ['+34 912 345 678']\n`,
  )
  project = makeProject(contacts, {
    'a.csv':
      'id,phone\n1,612 34 56 78\n2,+34 612345678\n3,0000000\n4,12\n5,912345678\n6,1234567\n7,\n8,0034612345678\n',
  })
  await project.sync()
  expect(
    await project.rows(
      'select phone_raw, phone_e164, is_valid, reason from raw_embut.phone_numbers order by phone_raw',
    ),
  ).toEqual([
    { phone_raw: '+34 612345678', phone_e164: '+34612345678', is_valid: true, reason: null },
    { phone_raw: '0000000', phone_e164: null, is_valid: false, reason: 'placeholder' },
    { phone_raw: '0034612345678', phone_e164: '+34612345678', is_valid: true, reason: null },
    { phone_raw: '12', phone_e164: null, is_valid: false, reason: 'too short' },
    { phone_raw: '1234567', phone_e164: null, is_valid: false, reason: 'placeholder' },
    { phone_raw: '612 34 56 78', phone_e164: '+34612345678', is_valid: true, reason: null },
    { phone_raw: '912345678', phone_e164: '+34912345678', is_valid: false, reason: 'own number' },
  ])
  project.configure(contacts.replace("ownPhones: ['+34 912 345 678']", 'ownPhones: []'))
  await project.sync()
  expect(
    await project.rows(`select is_valid from raw_embut.phone_numbers where phone_raw = '912345678'`),
  ).toEqual([{ is_valid: true }])
})
