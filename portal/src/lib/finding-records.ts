import { reportHref } from '#lib/report-link.ts'

type Finding = {
  readonly check: string
  readonly entity: string | null
  readonly key: string
  readonly label: string | null
  readonly severity: string
}
type Named = { readonly member: string; readonly value: string; readonly operator?: 'equals' | 'contains' }

const COLUMNS = {
  deals: ['title', 'status', 'client', 'manager', 'created_at'],
  deal_lines: ['title', 'product', 'client', 'manager', 'created_at'],
  calls: ['started_at', 'direction', 'manager', 'origin'],
  activities: ['subject', 'kind', 'manager', 'due_at', 'origin'],
  clients: ['client', 'origin', 'manager', 'client_record_id'],
} as const

/** A kind of records that a finding is about, and the address where its very rows are listed. */
export type FindingRecords = { readonly subject: keyof typeof COLUMNS | 'unused'; readonly href: string }
type Subject = keyof typeof COLUMNS

/** Which rows of which report types a check's finding is about, by the finding's own key. */
const FOUND: Readonly<Record<string, (finding: Finding) => Partial<Record<Subject, readonly Named[]>>>> = {
  call_without_client: ({ key }) => ({
    calls: [
      { member: 'client_id', value: 'unknown' },
      { member: 'manager_id', value: key },
    ],
  }),
  // An open deal is credited to who has it now.
  owner_left: ({ key }) => ({
    deals: [
      { member: 'status', value: 'open' },
      { member: 'manager_id', value: key },
    ],
  }),
  deal_without_client: ({ key }) => ({
    deals: [{ member: 'client_id', value: 'unknown' }, ...ofOrigin(key, 'manager_id')],
  }),
  branch_unknown: ({ key }) => ({ deals: ofOrigin(key, 'branch') }),
  product_unlisted: ofProduct,
  product_unknown_spelling: ofProduct,
  person_unmatched: ({ key }) => {
    const named = [{ member: 'manager_id', value: key }]
    return { deals: named, calls: named, activities: named }
  },
  custom_value_misfit: ofCustomValue,
}

const ONE: Readonly<Record<string, readonly [subject: Subject, member: string]>> = {
  deal: ['deals', 'deal_id'],
  call: ['calls', 'call_id'],
  activity: ['activities', 'activity_id'],
  client: ['clients', 'client_record_id'],
}
/** Checks of deals whose finding is no single deal. */
const NOT_ONE_DEAL = ['deal_not_there']

/** Where the very records of a finding are listed; nothing where no report can tell them apart. */
export function findingRecords(finding: Finding): readonly FindingRecords[] {
  if (finding.check === 'row_quarantined') return [{ subject: 'unused', href: '/data/unused' }]
  const found = FOUND[finding.check]?.(finding) ?? ofOneCheck(finding)
  return Object.entries(found).flatMap(([subject, named]) =>
    isSubject(subject) ? [{ subject, href: listHref(subject, named) }] : [],
  )
}

function ofOneCheck({ check, entity, key }: Finding): Partial<Record<Subject, readonly Named[]>> {
  if (entity === 'client')
    return { clients: [{ member: 'doubts', operator: 'contains', value: `${check}:${key};` }] }
  const isOneDeal = entity === 'deal' && check.startsWith('deal_') && !NOT_ONE_DEAL.includes(check)
  return isOneDeal ? { deals: [{ member: 'deal_id', value: key }] } : {}
}

/** A product of no list is listed by its name; one that a rule joined to another can't be told from that one. */
function ofProduct({ key, label, severity, check }: Finding): Partial<Record<Subject, readonly Named[]>> {
  const isJoined = check === 'product_unknown_spelling' && severity === 'info'
  if (label === null || isJoined) return {}
  const named = [
    { member: 'origin', value: before(key) },
    { member: 'product', value: label },
  ]
  return { deals: named, deal_lines: named }
}

function ofCustomValue({ entity, key }: Finding): Partial<Record<Subject, readonly Named[]>> {
  const [subject, member] = ONE[entity ?? ''] ?? []
  if (subject === undefined || member === undefined) return {}
  return { [subject]: [{ member, value: key.slice(0, key.lastIndexOf(':')) }] }
}

/** A key of an origin and what stands behind it. */
function ofOrigin(key: string, member: string): readonly Named[] {
  return [
    { member: 'origin', value: before(key) },
    { member, value: key.slice(key.indexOf(':') + 1) },
  ]
}

function before(key: string): string {
  return key.slice(0, key.indexOf(':'))
}

function isSubject(text: string): text is Subject {
  return text in COLUMNS
}

function listHref(subject: Subject, named: readonly Named[]): string {
  return reportHref({
    ...{ reportType: `${subject}_report`, rows: COLUMNS[subject], values: [VALUE[subject] ?? 'count'] },
    ...{ subtotals: false, includeExcluded: true },
    filters: named.map(({ member, value, operator = 'equals' }) => ({ member, operator, values: [value] })),
  })
}

const VALUE: Partial<Readonly<Record<Subject, string>>> = { clients: 'records_count' }
