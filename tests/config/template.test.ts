import fc from 'fast-check'
import { expect, it } from 'vitest'
import { describeConfigTemplate, parseConfig, secretsOf, type ConfigAnswers } from '#config'

const ANSWERS: ConfigAnswers = {
  companyName: 'Casa "Blava" & Co: #1',
  timezone: 'Europe/Madrid',
  currency: 'EUR',
  locale: 'es-ES',
  country: 'ES',
  fiscalYearStart: 7,
  sources: [
    { connector: 'files', name: 'sheets', folder: './data' },
    { connector: 'bitrix24', name: 'crm', url: 'https://casa.bitrix24.com/' },
  ],
}

it('writes a file that loads as it was answered', () => {
  const config = parseConfig(describeConfigTemplate(ANSWERS), '/p/embut.yaml', { CRM_WEBHOOK: 'secret' })
  expect(config.company).toMatchObject({ name: 'Casa "Blava" & Co: #1', country: 'ES' })
  expect(config.company.fiscalCalendar).toMatchObject({ firstMonth: 7, retail: null })
  expect(config.sources).toMatchObject([
    { name: 'sheets', connector: 'files', folder: '/p/data' },
    { name: 'crm', connector: 'bitrix24', url: 'https://casa.bitrix24.com', auth: { webhook: 'secret' } },
  ])
  expect(config.publish.keepBytes).toBe(20_000_000_000)
})

it('names the secrets that must be set and keeps them out of the file', () => {
  expect(secretsOf(ANSWERS)).toEqual(['CRM_WEBHOOK'])
  expect(() => parseConfig(describeConfigTemplate(ANSWERS), '/p/embut.yaml', {})).toThrow('CRM_WEBHOOK')
})

it('writes a file that loads without any source', () => {
  const config = parseConfig(describeConfigTemplate({ ...ANSWERS, sources: [] }), '/p/embut.yaml', {})
  expect(config.sources).toEqual([])
})

it('keeps any company name and folder as typed', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', minLength: 1 }),
      fc.string({ minLength: 1 }),
      (name, folder) => {
        fc.pre(name.trim() !== '' && folder.trim() !== '')
        const sources = [{ connector: 'files', name: 'a', folder: `/${folder}` }] as const
        const yaml = describeConfigTemplate({ ...ANSWERS, companyName: name, sources })
        expect(parseConfig(yaml, '/p/embut.yaml', {}).company.name).toBe(name.trim())
      },
    ),
    { numRuns: 100 },
  )
})

it('shows examples in its comments that load when they are taken in', () => {
  const yaml = describeConfigTemplate(ANSWERS)
    .replaceAll(
      /^( *)(holidays|stageMeanings|exclusions|spellings|targets|customFields|rates|delivery): (\[\]|\{\})\n/gm,
      '',
    )
    .replaceAll(
      /^( *)# (?=(holidays|stageMeanings|exclusions|spellings|targets|customFields|rates|delivery|publicUrl|since|absences|departments|retailCalendar):)/gm,
      '$1',
    )
    .replaceAll(/^( *)# ( *(- \{|smtp:|'crm:3'))/gm, '$1$2')
  const env = { CRM_WEBHOOK: 'a', SMTP_PASSWORD: 'b' }
  const config = parseConfig(yaml, '/p/embut.yaml', env)
  expect(config.company.calendar.holidays).toHaveLength(1)
  expect(config.company.absences).toMatchObject([{ person: 'crm:26', to: '2026-08-14' }])
  expect(config.company.teamCalendars).toMatchObject([
    { team: 'crm:3', calendar: { hours: { from: '12:00' } } },
  ])
  expect(config.company.fiscalCalendar.retail).toMatchObject({ pattern: '4-5-4', weekStart: 7 })
  expect(config.rules.stageMeanings).toHaveLength(1)
  expect(config.targets).toMatchObject([{ person: 'crm:17', value: '50000' }])
  expect(config.customFields).toMatchObject([{ field: 'ufCrmTown', key: 'custom_town' }])
  expect(config.delivery.smtp).toMatchObject({ host: 'smtp.example.com', password: 'b' })
})
