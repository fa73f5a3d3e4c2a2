/** What `embut init` asked. `folder` is as the person typed it; relative folders count from embut.yaml. */
export type ConfigAnswers = {
  readonly companyName: string
  readonly timezone: string
  readonly currency: string
  readonly locale: string
  readonly country: string
  readonly fiscalYearStart?: number
  readonly sources: readonly SourceAnswer[]
}

export type SourceAnswer =
  | { readonly connector: 'files'; readonly name: string; readonly folder: string }
  | { readonly connector: 'bitrix24'; readonly name: string; readonly url: string; readonly secret?: string }

/** A commented embut.yaml made of the answers; `loadConfig` reads it once the secrets it names are set. */
export function describeConfigTemplate(answers: ConfigAnswers): string {
  return [company(answers), sources(answers.sources), RULES, TARGETS, SERVER].join('\n')
}

/** The environment variables that the written file needs. */
export function secretsOf(answers: ConfigAnswers): string[] {
  return answers.sources.flatMap((source) => (source.connector === 'bitrix24' ? [secretOf(source)] : []))
}

function company(answers: ConfigAnswers): string {
  return `# The configuration of Embut. Check it with: npx embut doctor
# Secrets stay out of this file: write \${NAME} and set the environment variable NAME.

company:
  name: ${quote(answers.companyName)}
  timezone: ${quote(answers.timezone)} # the day of every record is the day here
  currency: ${quote(answers.currency)} # reports are in this currency
  locale: ${quote(answers.locale)} # how numbers and dates are written
  country: ${quote(answers.country)} # of phone numbers without a country code
  fiscalYearStart: ${answers.fiscalYearStart ?? 1} # first month of the fiscal year
  # retailCalendar: { pattern: 4-5-4, weekStart: 7 } # fiscal years of whole weeks: 4-4-5, 4-5-4 or 5-4-4
  sale:
    counts: won # what counts as a sale: won, paid, invoiced or completed
    vat: with # amounts with or without VAT
  calendar:
    workingDays: [1, 2, 3, 4, 5] # 1 is Monday
    hours: { from: '09:00', to: '18:00' }
    holidays: []
    # holidays:
    #   - { date: 2026-12-25, name: Christmas }
  calls:
    connectedSeconds: 10 # a call this long counts as a conversation
  branches: {} # branches in another time zone, e.g. { Lisbon: { timezone: Europe/Lisbon } }
  # departments:
  #   'crm:3': { calendar: { hours: { from: '12:00', to: '20:00' } } }
  # absences:
  #   - { person: 'crm:26', from: 2026-08-03, to: 2026-08-14 }
  ownPhones: [] # the company's own numbers are never clients
`
}

function sources(answers: readonly SourceAnswer[]): string {
  const head =
    '# Where the data comes from. A name is the front part of every key: crm:17 is record 17 of crm.\n'
  if (answers.length === 0) return `${head}sources: {}\n`
  return `${head}sources:\n${answers.map(source).join('')}`
}

function source(answer: SourceAnswer): string {
  return answer.connector === 'files' ? filesSource(answer) : bitrix24Source(answer)
}

function filesSource({ name, folder }: Extract<SourceAnswer, { connector: 'files' }>): string {
  return `  ${name}:
    connector: files
    folder: ${quote(folder)}
    files:
      # One entry per kind of file: which files, what they hold, and which column is which.
      - match: '**/deals*.csv'
        entity: deals # deals, deal_lines, payments, stages, people, companies, contacts, products, calls, …
        columns:
          deal_id: ID
          title: Title
          stage: Stage
          owner: Owner
          amount: { column: Amount, type: number }
          created_at: { column: Created, type: timestamp }
          # currency: { constant: EUR }
          # title: { columns: [Product, Client], join: ' for ' }
`
}

function bitrix24Source(answer: Extract<SourceAnswer, { connector: 'bitrix24' }>): string {
  return `  ${answer.name}:
    connector: bitrix24
    url: ${quote(answer.url)}
    auth: { webhook: '\${${secretOf(answer)}}' }
    # since: 2024-01-01 # take only records changed since this day
`
}

function secretOf(answer: Extract<SourceAnswer, { connector: 'bitrix24' }>): string {
  return answer.secret ?? `${answer.name.toUpperCase()}_WEBHOOK`
}

const RULES = `# Rules can also be made in the portal. Each may have validFrom: YYYY-MM-DD and a reason.
rules:
  stageMeanings: []
  # stageMeanings:
  #   - { source: crm, stage: Paid, meaning: won } # open, qualified, won, lost or ignore
  exclusions: []
  # exclusions:
  #   - { field: title, contains: test, reason: Test deals }
  spellings: []
  # spellings:
  #   - { entity: product, from: GTXPro, to: GTX Pro }
  personLinks: []
  clientLinks: []
`

const TARGETS = `targets: []
# targets:
#   - { metric: won_amount, month: 2026-01, person: 'crm:17', value: 50000 }

customFields: []
# customFields:
#   - { source: crm, entity: deals, field: ufCrmTown, label: Town, type: list } # "embut sources fields" lists them

rates: []
# rates:
#   - { currency: USD, date: 2026-01-01, rate: 0.92 } # 1 USD is 0.92 of the company's currency
`

const SERVER = `schedule:
  syncMinutes: 5
  fullCheckAt: '03:00'
  backupAt: '02:00'
  forecastAt: '04:00' # forecasts, lifetime value, attribution

publish:
  keep: 5 # published warehouses to keep, for going back
  keepBytes: 20 GB

delivery: {}
# delivery:
#   smtp: { host: smtp.example.com, user: reports, password: '\${SMTP_PASSWORD}', from: reports@example.com }

server:
  host: 127.0.0.1
  port: 4380
  # publicUrl: https://reports.example.com
`

// JSON text is YAML text; a dollar before a brace is doubled so that it stays what was typed.
function quote(text: string): string {
  return JSON.stringify(text).replaceAll('${', () => '$${')
}
