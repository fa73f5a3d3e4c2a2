import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Call } from '../company/calls.ts'
import { MANAGERS, type Employee } from '../company/staff.ts'
import { extensionOf, type World } from '../company/world.ts'
import { writeCsv } from './csv.ts'

/** An extension that is in no directory, and one that somebody used before the CRM knew them by another. */
export const UNKNOWN_EXTENSION = '4777'
export const OLD_EXTENSION = '4199'
const OLD_EXTENSION_OWNER = 26

const HEADER = [
  'call_no',
  'started',
  'direction',
  'extension',
  'number',
  'wait_s',
  'talk_s',
  'answered',
  'topic',
]
const TOPICS = ['Order', 'Delivery', 'Invoice', 'Technical question', 'Complaint', '']

/** Writes the office telephone system's exports: calls by year in local time, and its directory. */
export function writeTelephony(folder: string, world: World, calls: Iterable<Call>): number {
  mkdirSync(folder, { recursive: true })
  const rows = [...calls].map((call, index) => ({
    year: world.clock.day(call.at).slice(0, 4),
    values: callRow(world, call, index),
  }))
  for (const [year, each] of Map.groupBy(rows, (row) => row.year))
    writeCsv(join(folder, `calls-${year}.csv`), { header: HEADER, rows: each.map((row) => row.values) })
  // The export of the running year broke off in the middle of a line.
  appendFileSync(join(folder, `calls-${world.clock.day(world.asOf).slice(0, 4)}.csv`), 'P-999999,2026-1')
  writeDirectory(folder)
  return rows.length
}

function callRow({ clock }: World, call: Call, index: number): (string | number)[] {
  const started = `${clock.day(call.at)} ${clock.iso(call.at).slice(11, 19)}`
  return [
    ...[`P-${index + 1}`, started, call.isIncoming ? 'in' : 'out', extensionAt(call, index)],
    ...[call.phone.replace('+49', index % 4 === 0 ? '0049' : '0'), call.waitSeconds, call.talkSeconds],
    ...[call.isAnswered ? 'yes' : 'no', TOPICS[index % TOPICS.length] ?? ''],
  ]
}

function extensionAt(call: Call, index: number): string {
  if (index % 90 === 11) return UNKNOWN_EXTENSION
  return call.manager === OLD_EXTENSION_OWNER && index % 2 === 0 ? OLD_EXTENSION : extensionOf(call.manager)
}

function writeDirectory(folder: string): void {
  const rows = MANAGERS.map((each) => [each.extension, spelledName(each)])
  writeCsv(join(folder, 'directory.csv'), {
    header: ['extension', 'name'],
    rows: [...rows, [OLD_EXTENSION, 'L. Hadad']],
  })
}

function spelledName(employee: Employee): string {
  return employee.id % 2 === 0
    ? `${employee.lastName}, ${employee.firstName}`
    : `${employee.firstName} ${employee.lastName}`
}
