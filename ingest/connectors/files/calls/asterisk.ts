import { literal } from '#warehouse'
import type { MappedTable } from '../../mapping/column.ts'

/** The columns of Asterisk's Master.csv, which has no header; the last ones depend on cdr.conf. */
export const CDR_COLUMNS = [
  'accountcode',
  'src',
  'dst',
  'dcontext',
  'clid',
  'channel',
  'dstchannel',
  'lastapp',
  'lastdata',
  'start',
  'answer',
  'end',
  'duration',
  'billsec',
  'disposition',
  'amaflags',
  'uniqueid',
  'userfield',
  'peeraccount',
  'linkedid',
  'sequence',
] as const

/** The columns of queue_log, which has no header; d1 to d5 mean something else for each event. */
export const QUEUE_LOG_COLUMNS = [
  'time',
  'callid',
  'queue',
  'agent',
  'event',
  'd1',
  'd2',
  'd3',
  'd4',
  'd5',
] as const

/** Each line of a CDR table as a leg of a call. `extensions` is a pattern of the numbers within the house. */
export function cdrLegs(table: MappedTable, extensions: string): MappedTable {
  const has = (name: string) => table.columns.includes(name)
  const cell = (name: string) => (has(name) ? `nullif(trim(${table.textOf(name)}), '')` : 'null::varchar')
  const isOwn = (text: string) => `regexp_full_match(coalesce(${text}, ''), ${literal(extensions)})`
  const peer = (channel: string) => `nullif(regexp_extract(${cell(channel)}, '/([0-9]+)', 1), '')`
  const started = `coalesce(${cell('start')}, ${cell('calldate')})`
  const from = `(select *, case when ${isOwn('from_number')} and ${isOwn('to_number')} then 'internal'
      when ${isOwn('from_number')} then 'out' else 'in' end as direction,
      case when ${isOwn('from_number')} then from_number when ${isOwn('peer')} then peer end as extension,
      case when disposition <> 'ANSWERED' then outcome
        when ${isOwn('from_number')} or ${isOwn('peer')} then 'answered' when disposition = 'ANSWERED' then 'missed' end
        as result,
      case when disposition = 'ANSWERED' and (${isOwn('from_number')} or ${isOwn('peer')}) then billed end as talk_seconds
    from (select coalesce(${cell('linkedid')}, ${cell('uniqueid')},
        md5(concat_ws('|', ${started}, ${cell('src')}, ${cell('dst')}, ${cell('duration')}))) as call_id,
      ${cell('sequence')} as leg_no, ${started} as started_at, ${cell('answer')} as answered_at, ${cell('end')} as ended_at,
      ${cell('src')} as from_number, coalesce(nullif(${cell('dst')}, 's'), ${cell('did')}) as to_number,
      ${peer('dstchannel')} as peer, upper(${cell('disposition')}) as disposition,
      case upper(${cell('disposition')}) when 'BUSY' then 'busy' when 'FAILED' then 'failed'
        when 'CONGESTION' then 'failed' when 'NO ANSWER' then 'missed' when 'CANCEL' then 'missed' end as outcome,
      case when ${cell('lastapp')} = 'Queue' then split_part(${cell('lastdata')}, ',', 1) end as queue,
      ${cell('billsec')} as billed,
      ${cell('duration')} as total_seconds, ${table.line} as _leg_line, ${table.row} as _leg from ${table.from})) as src`
  return legTable(from, CDR_LEG)
}

/** Each call of a queue_log as a leg: who waited, who answered, how long they spoke. Other events are no calls. */
export function queueLogLegs(table: MappedTable, extensions: string): MappedTable {
  const cell = (name: string) => `nullif(trim(${table.textOf(name)}), '')`
  const from = `(select *, nullif(regexp_extract(member, ${literal(`/?(${bare(extensions)})$`)}, 1), '') as extension
    from (select callid as call_id, 'in' as direction, arg_min(queue, line) as queue,
      coalesce(min(moment) filter (event = 'ENTERQUEUE'), min(time)) as started_at,
      any_value(d2) filter (event = 'ENTERQUEUE') as from_number,
      arg_max(agent, line) filter (event = 'CONNECT') as member,
      coalesce(any_value(d1) filter (event = 'CONNECT'), any_value(d3) filter (event in ('ABANDON', 'EXITWITHTIMEOUT')))
        as wait_seconds,
      any_value(d2) filter (event in ('COMPLETEAGENT', 'COMPLETECALLER')) as talk_seconds,
      case when bool_or(event = 'CONNECT') then 'answered' when bool_or(event in ('ABANDON', 'EXITWITHTIMEOUT'))
        then 'missed' end as result,
      min(line) as _leg_line, arg_min(whole, line) as _leg
    from (select ${['time', 'callid', 'queue', 'agent', 'd1', 'd2', 'd3'].map((name) => `${cell(name)} as ${name}`).join(', ')},
        upper(${cell('event')}) as event, ${table.line} as line, ${table.row} as whole,
        coalesce(strftime(try(epoch_ms(try_cast(try_cast(${cell('time')} as double) * 1000 as bigint))),
          '%Y-%m-%d %H:%M:%S.%fZ'), ${cell('time')}) as moment
      from ${table.from})
    group by callid having bool_or(event = 'ENTERQUEUE'))) as src`
  return legTable(from, QUEUE_LEG)
}

function bare(pattern: string): string {
  return pattern.replace(/^\^|\$$/g, '')
}

// What each makes of its lines, by the names of a leg's columns.
const CDR_LEG = [
  'call_id',
  'leg_no',
  'started_at',
  'answered_at',
  'ended_at',
  'direction',
  'from_number',
  'to_number',
  'extension',
  'queue',
  'talk_seconds',
  'total_seconds',
  'result',
]
const QUEUE_LEG = [
  'call_id',
  'started_at',
  'direction',
  'from_number',
  'extension',
  'queue',
  'wait_seconds',
  'talk_seconds',
  'result',
]

function legTable(from: string, columns: readonly string[]): MappedTable {
  return {
    from,
    columns,
    textOf: (column) => `src.${column}`,
    line: 'src._leg_line',
    row: 'src._leg',
    hasRealDates: true,
  }
}
