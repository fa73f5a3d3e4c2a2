import { listPage, parseRow, type Page } from './list.ts'
import { itemTable, listMethod } from './method.ts'
import { isMap, parameter, parseQuery, type Parameters } from './parameters.ts'
import type { Portal } from './portal.ts'

/** What a method answers: JSON text of `result`, and its list page when it is one. */
export type Answer =
  | { readonly kind: 'result'; readonly text: string; readonly page: Page | null }
  | { readonly kind: 'error'; readonly status: number; readonly code: string; readonly message: string }

export type CallEffects = {
  readonly portal: Portal
  readonly repeatsBorder: () => boolean
  /** Runs before each page; an answer stands in for the page. */
  readonly beforePage: (method: string) => Answer | null
}

const CURRENCIES = [
  { CURRENCY: 'EUR', BASE: 'Y', AMOUNT: '1.0000' },
  { CURRENCY: 'USD', BASE: 'N', AMOUNT: '0.9200' },
  { CURRENCY: 'GBP', BASE: 'N', AMOUNT: '1.1500' },
]

const PROFILE = { ID: '1', NAME: 'Ada', LAST_NAME: 'Vogel', ADMIN: true, PERSONAL_GENDER: 'F' }

/** Answers one method other than `batch`. */
export function answerCall(method: string, given: Parameters, effects: CallEffects): Answer {
  if (method === 'crm.currency.list') return result(JSON.stringify(CURRENCIES))
  if (method === 'profile') return result(JSON.stringify(PROFILE))
  if (method === 'crm.item.fields') return itemFields(given, effects.portal)
  const list = listMethod(method, parameter(given, 'entitytypeid'))
  if (!list) return unknownMethod(method)
  const refusal = effects.beforePage(method)
  if (refusal) return refusal
  const options = { given, repeatsBorder: effects.repeatsBorder() }
  const page = listPage(effects.portal.table(list.table), list, options)
  const rows = `[${page.rows.join(',')}]`
  return { kind: 'result', text: page.container === null ? rows : `{"${page.container}":${rows}}`, page }
}

function unknownMethod(method: string): Answer {
  if (method === 'crm.item.list')
    return failure(400, 'ENTITY_TYPE_NOT_SUPPORTED', 'Entity type is not supported')
  return failure(404, 'ERROR_METHOD_NOT_FOUND', `Method ${method} not found`)
}

/** Answers `batch`: up to 50 calls in order, later ones referring to earlier results by `$result[key][…]`. */
export function answerBatch(given: Parameters, call: (method: string, given: Parameters) => Answer): Answer {
  const commands = parameter(given, 'cmd')
  if (!isMap(commands) || Object.keys(commands).length > 50)
    return failure(400, 'ERROR_BATCH_LENGTH_EXCEEDED', 'Max batch length exceeded')
  const answers = new Map<string, Answer>()
  for (const [key, command] of Object.entries(commands)) {
    const [method = '', query = ''] = splitCommand(String(command))
    const answer =
      method === 'batch'
        ? failure(400, 'ERROR_BATCH_METHOD_NOT_ALLOWED', 'No nesting')
        : call(method, resolve(parseQuery(query), answers))
    answers.set(key, answer)
    if (answer.kind === 'error' && isHalting(given)) break
  }
  return result(batchText(answers))
}

function splitCommand(command: string): string[] {
  const at = command.indexOf('?')
  return at === -1 ? [command] : [command.slice(0, at), command.slice(at + 1)]
}

function isHalting(given: Parameters): boolean {
  return ['1', 'true', 'Y'].includes(String(parameter(given, 'halt')))
}

function batchText(answers: ReadonlyMap<string, Answer>): string {
  const results: string[] = []
  const errors: Record<string, unknown> = {}
  const totals: Record<string, number> = {}
  const nexts: Record<string, number> = {}
  for (const [key, answer] of answers) {
    if (answer.kind === 'error') errors[key] = { error: answer.code, error_description: answer.message }
    else {
      results.push(`${JSON.stringify(key)}:${answer.text}`)
      if (answer.page) totals[key] = answer.page.total
      if (answer.page?.next) nexts[key] = answer.page.next
    }
  }
  // PHP writes an empty map as a list.
  const map = (value: object) => (Object.keys(value).length === 0 ? '[]' : JSON.stringify(value))
  return `{"result":{${results.join(',')}},"result_error":${map(errors)},"result_total":${map(totals)},"result_next":${map(nexts)}}`
}

function resolve(given: Parameters, answers: ReadonlyMap<string, Answer>): Parameters {
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => [name, resolveValue(value, answers)]),
  )
}

// A reference that leads nowhere becomes an empty text, so that `>id` of it starts over: callers must stop by themselves.
function resolveValue(value: unknown, answers: ReadonlyMap<string, Answer>): unknown {
  if (isMap(value)) return resolve(value, answers)
  const match = /^\$result((?:\[[^\]]+\])+)$/.exec(String(value))
  if (!match?.[1]) return value
  const [key = '', ...path] = [...match[1].matchAll(/\[([^\]]+)\]/g)].map(([, part]) => part ?? '')
  const answer = answers.get(key)
  return answer?.kind === 'result' && answer.page ? valueInPage(answer.page, path) : ''
}

function valueInPage(page: Page, path: readonly string[]): unknown {
  const [index, field] = page.container === null ? path : path.slice(1)
  const row = page.rows[Number(index)]
  return row === undefined || field === undefined ? '' : (parseRow(row)[field] ?? '')
}

/** A list that somebody added to deals and that no generated deal has a value of. */
const MOUNTING = {
  ...{ title: 'Where it stands', type: 'enumeration', isMultiple: true },
  items: [
    { ID: '44', VALUE: 'Pitched roof' },
    { ID: '45', VALUE: 'Flat roof' },
  ],
}

const SAMPLES = 40

function itemFields(given: Parameters, portal: Portal): Answer {
  const name = itemTable(parameter(given, 'entitytypeid'))
  if (!name) return unknownMethod('crm.item.list')
  const table = portal.table(name)
  const samples = Array.from({ length: Math.min(SAMPLES, table.size) }, (_, at) => parseRow(table.textAt(at)))
  const fields = Object.keys(samples[0] ?? {}).map((field) => [
    field,
    { title: field, type: typeOf(samples.map((sample) => sample[field])) },
  ])
  const own = name === 'deals' ? { ufMounting: MOUNTING } : {}
  return result(JSON.stringify({ fields: { ...Object.fromEntries(fields), ...own } }))
}

function typeOf(values: readonly unknown[]): string {
  const value = values.find((each) => each !== null && each !== undefined && each !== '')
  if (typeof value === 'number' || /^\d+\.\d+$/.test(String(value))) return 'double'
  return /^\d{4}-\d\d-\d\dT/.test(String(value)) ? 'datetime' : 'string'
}

function result(text: string): Answer {
  return { kind: 'result', text, page: null }
}

export function failure(status: number, code: string, message: string): Answer {
  return { kind: 'error', status, code, message }
}
