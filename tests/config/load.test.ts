import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isUserError, loadConfig, loadSettings, parseConfig } from '#config'

const COMPANY = 'company: { name: Acme, timezone: Europe/Madrid, currency: EUR }\n'
const FILE = '/project/embut.yaml'

function parse(yaml: string, env: NodeJS.ProcessEnv = {}) {
  return parseConfig(yaml, FILE, env)
}

function refusalOf(yaml: string, env: NodeJS.ProcessEnv = {}): string {
  try {
    parse(yaml, env)
  } catch (error) {
    if (isUserError(error)) return error.message
    throw error
  }
  throw new Error('The configuration was accepted')
}

describe('a configuration that is right', () => {
  it('fills in every default', () => {
    const config = parse(COMPANY)
    expect(config.company).toMatchObject({ locale: 'en-US', country: 'US' })
    expect(config.company.fiscalCalendar).toEqual({ firstMonth: 1, namedBy: 'end', retail: null })
    expect(config.company.calendar).toMatchObject({ workingDays: [1, 2, 3, 4, 5], holidays: [] })
    expect(config.server).toEqual({ host: '127.0.0.1', port: 4380, publicUrl: 'http://localhost:4380' })
    expect(config).toMatchObject({ dataDir: '/project/.embut', sources: [], workspace: { url: null } })
  })

  it('gives a branch and a department the hours they have of their own, and the company’s otherwise', () => {
    const calendar = `calendar: { hours: { from: '09:00', to: '17:00' }, holidays: [{ date: 2026-12-25, name: Christmas }] }`
    const branches = `branches: { North: { calendar: { hours: { from: '12:00', to: '20:00' } } }, South: {} }`
    const departments = `departments: { 'crm:3': { calendar: { workingDays: [7, 6], holidays: [] } } }`
    const { company } = parse(COMPANY.replace('EUR }', `EUR, ${calendar}, ${branches}, ${departments} }`))
    expect(company.teamCalendars).toEqual([
      {
        ...{ kind: 'branch', team: 'North' },
        calendar: { ...company.calendar, hours: { from: '12:00', to: '20:00' } },
      },
      {
        ...{ kind: 'department', team: 'crm:3' },
        calendar: { ...company.calendar, workingDays: [6, 7], holidays: [] },
      },
    ])
  })

  it('reads a retail calendar, whose weeks begin on Monday and whose year ends nearest to the month’s end', () => {
    const retail = (text: string) =>
      parse(COMPANY.replace('company: {', `company: { ${text},`)).company.fiscalCalendar
    expect(retail('fiscalYearStart: 2, retailCalendar: { pattern: 4-5-4 }')).toEqual({
      ...{ firstMonth: 2, namedBy: 'end' },
      retail: { pattern: '4-5-4', weekStart: 1, yearEnd: 'nearest' },
    })
    expect(
      retail('fiscalYearNamedBy: start, retailCalendar: { pattern: 5-4-4, weekStart: 7, yearEnd: last }'),
    ).toEqual({
      ...{ firstMonth: 1, namedBy: 'start' },
      retail: { pattern: '5-4-4', weekStart: 7, yearEnd: 'last' },
    })
  })

  it('makes folders absolute from where embut.yaml lies', () => {
    const yaml = `${COMPANY}sources: { a: { connector: files, folder: data, files: [] } }`.replace(
      'files: []',
      'files: [{ match: "*.csv", entity: people, columns: { person_id: id, name: id } }]',
    )
    expect(parse(yaml).sources[0]).toMatchObject({ name: 'a', folder: '/project/data' })
  })

  it('reads a bare column name as a mapping of that column', () => {
    const columns = '{ person_id: id, name: { columns: [first, last] }, branch: { constant: North } }'
    const config = parse(
      `${COMPANY}sources: { a: { connector: files, folder: d, files: [{ match: x, entity: people, columns: ${columns} }] } }`,
    )
    const [source] = config.sources
    if (source?.connector !== 'files') throw new Error('not a files source')
    expect(source.files[0]).toMatchObject({
      columns: {
        person_id: { column: 'id' },
        name: { columns: ['first', 'last'], join: ' ' },
        branch: { constant: 'North' },
      },
    })
  })

  it('spells time zones and locales as their registries do', () => {
    const config = parse('company: { name: A, timezone: europe/madrid, currency: EUR, locale: es-es }')
    expect(config.company).toMatchObject({ timezone: 'Europe/Madrid', locale: 'es-ES', country: 'ES' })
  })

  it('keeps decimals as they were written', () => {
    const config = parse(`${COMPANY}rates: [{ currency: USD, date: 2024-01-01, rate: '0.910000000001' }]`)
    expect(config.rates[0]?.rate).toBe('0.910000000001')
  })

  it('takes a PostgreSQL DATABASE_URL and leaves any other alone', () => {
    const postgres = 'postgresql://u:p@h/d'
    expect(parse(COMPANY, { DATABASE_URL: postgres }).workspace.url).toBe(postgres)
    expect(parse(COMPANY, { DATABASE_URL: 'mysql://u:p@h/d' }).workspace.url).toBeNull()
  })
})

describe('environment variables', () => {
  it('are filled in anywhere in a text, several times', () => {
    const config = parse(COMPANY.replace('Acme', "'${A}-${B}-${A}'"), { A: 'x', B: 'y' })
    expect(config.company.name).toBe('x-y-x')
  })

  it('stay as text when the dollar is doubled', () => {
    expect(parse(COMPANY.replace('Acme', () => "'$${A}'")).company.name).toBe('${A}')
  })

  it('are not filled in a second time inside their own value', () => {
    expect(parse(COMPANY.replace('Acme', "'${A}'"), { A: '${B}', B: 'no' }).company.name).toBe('${B}')
  })

  it('that are missing are named with path and line', () => {
    const message = refusalOf(`${COMPANY}dataDir: \${STATE}\n`)
    expect(message).toContain('embut.yaml:2:1')
    expect(message).toContain('dataDir needs the environment variable STATE, which is not set')
  })

  it('can give a port', () => {
    expect(parse(`${COMPANY}server: { port: '\${PORT}' }`, { PORT: '8080' }).server.port).toBe(8080)
  })
})

describe('sources that are not read', () => {
  it('need no secrets, and everything else is still checked', () => {
    const folder = mkdtempSync(join(tmpdir(), 'embut-settings-'))
    const file = join(folder, 'embut.yaml')
    const sources = 'sources: { crm: { connector: bitrix24, url: "${URL}", auth: { webhook: "${HOOK}" } } }\n'
    writeFileSync(file, COMPANY + sources)
    expect(() => loadConfig(file, {})).toThrow('needs the environment variable HOOK')
    expect(loadSettings(file, {})).toMatchObject({ company: { name: 'Acme' }, sources: [] })
    writeFileSync(file, `${COMPANY}${sources}dataDir: \${STATE}\n`)
    expect(() => loadSettings(file, {})).toThrow('dataDir needs the environment variable STATE')
  })
})

describe('a secret', () => {
  const secret = 'hunter2-hunter2'

  it('from the environment is never shown, whatever is wrong with it', () => {
    for (const place of [
      'company: { name: A, timezone: "${S}", currency: EUR }',
      `${COMPANY}schedule: { syncMinutes: "\${S}" }`,
      `${COMPANY}server: { port: "\${S}" }`,
      `${COMPANY}sources: { crm: { connector: bitrix24, url: "\${S}", auth: { webhook: a } } }`,
      `${COMPANY}sources: { crm: { connector: "\${S}" } }`,
      `${COMPANY}sources: { crm: { connector: bitrix24, url: http://h, auth: "\${S}" } }`,
      `${COMPANY}workspace: { url: "\${S}" }`,
      `${COMPANY}targets: [{ metric: "\${S}", month: "\${S}", value: "\${S}" }]`,
    ]) {
      expect(refusalOf(place, { S: secret })).not.toContain(secret)
    }
  })

  it('written into the file itself is not shown either', () => {
    const broken = `${COMPANY}sources: { crm: { connector: bitrix24, url: ${secret}, auth: { webhook: [${secret}] } } }`
    expect(refusalOf(broken)).not.toContain(secret)
    expect(refusalOf(`company:\n  name: x\n ${secret}\n  y: [`)).not.toContain(secret)
  })
})

describe('a configuration that is wrong', () => {
  it.each([
    ['company: { naem: A }', 'company.naem unknown key; did you mean "name"?'],
    [`${COMPANY}publsh: {}`, 'publsh unknown key; did you mean "publish"?'],
    [`${COMPANY}zzzzzzz: {}`, 'zzzzzzz unknown key; known are company, dataDir'],
    ['company: { timezone: Europe/Madird }', 'did you mean "Europe/Madrid"?'],
    ['company: { timezone: "+03:00" }', 'company.timezone is not a time zone'],
    ['company: { currency: EURO }', 'company.currency is not an ISO 4217 currency code'],
    ['company: { country: ZZ }', 'company.country is not an ISO 3166 country code'],
    ['company: { locale: english }', 'company.locale is not a known locale'],
    ['company: { name: "" }', 'company.name is empty'],
    ['company: {}', 'company.timezone is missing; a text is needed'],
    ['company: { retailCalendar: { pattern: 4-4-4 } }', 'company.retailCalendar.pattern'],
    [
      "company: { absences: [{ person: 'crm:1', from: 2026-02-02, to: 2026-02-01 }] }",
      'company.absences[0].to must not be before the first day',
    ],
    ['company: { departments: { Sales: { calendar: {} } } }', 'is not a record; write it as source:id'],
    ['company: { fiscalYearStart: 13 }', 'company.fiscalYearStart must be at most 12 (got 13)'],
    [
      'company: { calendar: { workingDays: [8] } }',
      'company.calendar.workingDays[0] must be at most 7 (got 8)',
    ],
    [
      'company: { calendar: { hours: { from: 18:00, to: 9:00 } } }',
      'company.calendar.hours.to is not a time of day',
    ],
    [
      'company: { calendar: { holidays: [{ date: 2026-02-30, name: x }] } }',
      'holidays[0].date is not a date',
    ],
    ['company: { sale: { counts: wonn } }', 'did you mean "won"?'],
    [`${COMPANY}sources: { Crm: {} }`, 'sources.Crm is not a source name'],
    [`${COMPANY}sources: { workspace: { connector: files } }`, 'is taken by Embut itself'],
    [`${COMPANY}sources: { crm: { connector: bitrix } }`, 'did you mean "bitrix24"?'],
    [`${COMPANY}sources: { crm: {} }`, 'sources.crm.connector is missing; known are files, '],
    [
      `${COMPANY}sources: { crm: { connector: bitrix24, url: http://h, auth: { webhok: a } } }`,
      'sources.crm.auth.webhok unknown key; did you mean "webhook"?',
    ],
    [
      `${COMPANY}rules: { exclusions: [{ field: title, contains: x }] }`,
      'rules.exclusions[0].reason is missing',
    ],
    [`${COMPANY}rules: { exclusions: [{ field: title, reason: x }] }`, 'exactly one of equals and contains'],
    [`${COMPANY}rules: { personLinks: [{ person: anna, sameAs: crm:1 }] }`, 'write it as source:id'],
    [`${COMPANY}targets: [{ metric: calls, month: 2026-13, value: 1 }]`, 'targets[0].month is not a month'],
    [
      `${COMPANY}rates: [{ currency: USD, date: 2024-01-01, rate: 1e-9 }]`,
      'too many digits; put it in quotes',
    ],
    [`${COMPANY}publish: { keepBytes: lots }`, 'publish.keepBytes is not a size'],
    [`${COMPANY}server: { port: 70000 }`, 'server.port is not a port'],
    ['', 'embut.yaml is empty'],
    ['company: {name: A}\ncompany: {name: B}', 'is not valid YAML'],
  ])('%s', (yaml, expected) => {
    expect(refusalOf(yaml)).toContain(expected)
  })

  it('names an unknown canonical column, the nearest one, and its line', () => {
    const yaml = `${COMPANY}sources:
  sheets:
    connector: files
    folder: data
    files:
      - match: '*.csv'
        entity: deals
        columns:
          deal_id: id
          titel: name
`
    const message = refusalOf(yaml)
    expect(message).toContain('embut.yaml:11:11')
    expect(message).toContain('sources.sheets.files[0].columns.titel unknown key; did you mean "title"?')
  })

  it('asks for the columns an entity cannot do without', () => {
    const file = '{ match: x, entity: calls, columns: { call_id: id } }'
    expect(
      refusalOf(`${COMPANY}sources: { a: { connector: files, folder: d, files: [${file}] } }`),
    ).toContain('columns.started_at is missing')
  })

  it('is told all at once, in the order of the file', () => {
    const message = refusalOf('company:\n  timezone: nowhere\n  currency: x\n')
    const lines = [...message.matchAll(/embut\.yaml:(\d+)/g)].map((match) => Number(match[1]))
    expect(lines).toEqual(lines.toSorted((a, b) => a - b))
    expect(message).toContain('3 problems')
  })

  it('asks for a country when the locale names none', () => {
    expect(refusalOf('company: { name: A, timezone: UTC, currency: EUR, locale: es }')).toContain(
      'company.country is missing',
    )
  })

  it('that does not exist is a clear sentence', () => {
    expect(() => loadConfig('/nowhere/embut.yaml')).toThrow('Create it with `embut init`')
  })
})

describe('the loader', () => {
  it('reads a file', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'embut-config-')), 'embut.yaml')
    writeFileSync(file, COMPANY)
    expect(loadConfig(file, {})).toMatchObject({ configFile: file, company: { name: 'Acme' } })
  })

  it('never throws anything but a UserError, whatever it is given', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 4 }), fc.string(), (json, text) => {
        for (const yaml of [json, text, `company: ${json}`, `sources: { a: ${json} }`]) {
          try {
            parse(yaml)
          } catch (error) {
            if (!isUserError(error)) throw error
          }
        }
      }),
      { numRuns: 150 },
    )
  })
})
