import { afterEach, expect, test } from 'vitest'
import { COMPANY, makeProject } from './project.ts'
import type { Project } from './project.ts'

let project: Project
afterEach(() => project.dispose())

const source = (file: string, company = COMPANY) =>
  `${company}sources:\n  pbx:\n    connector: files\n    folder: data\n    files:\n      - ${file}\n`

const calls = () =>
  project.rows(
    `select call_id, extension, agent, phone, direction, started_at, wait_seconds::double as wait,
       talk_seconds::double as talk, is_answered, topic
     from all_files.calls where not _deleted order by call_id`,
  )
const read = async () => {
  const { failures, loads } = await project.sync()
  expect(failures).toEqual([])
  return loads
}

// As Asterisk's own documentation writes Master.csv: no header, uniqueid and userfield switched on.
const MASTER = `"","+79161234567","600","ext-queues","""Ivan"" <+79161234567>","SIP/trunk-000000a1","SIP/101-000000a2","Queue","600,t,,","2026-02-10 09:00:00","2026-02-10 09:00:08","2026-02-10 09:03:20",200,192,"ANSWERED","DOCUMENTATION","1770703200.161",""
"","102","89165550000","from-internal","102","SIP/102-000000a3","SIP/trunk-000000a4","Dial","SIP/trunk/89165550000","2026-02-10 10:00:00","","2026-02-10 10:00:30",30,0,"NO ANSWER","DOCUMENTATION","1770706800.170",""
"","101","102","from-internal","101","SIP/101-000000a5","SIP/102-000000a6","Dial","SIP/102","2026-02-10 10:05:00","2026-02-10 10:05:02","2026-02-10 10:06:00",60,58,"ANSWERED","DOCUMENTATION","1770707100.180",""
"","+79160000001","s","ivr-1","+79160000001","SIP/trunk-000000a7","","Playback","welcome","2026-02-10 11:00:00","2026-02-10 11:00:00","2026-02-10 11:00:40",40,40,"ANSWERED","DOCUMENTATION","1770710400.190",""
`

test('reads Master.csv: an answered call, a missed one, one within the house, one that only heard the menu', async () => {
  project = makeProject(source(`{ match: Master.csv, entity: asterisk_cdr, zone: Europe/Moscow }`), {
    'Master.csv': MASTER,
  })
  await read()
  expect(await calls()).toEqual([
    {
      call_id: '1770703200.161',
      extension: '101',
      agent: null,
      phone: '+79161234567',
      direction: 'in',
      started_at: '2026-02-10 06:00:00',
      wait: 8,
      talk: 192,
      is_answered: true,
      topic: '600',
    },
    {
      call_id: '1770706800.170',
      extension: '102',
      agent: null,
      phone: '89165550000',
      direction: 'out',
      started_at: '2026-02-10 07:00:00',
      wait: 30,
      talk: 0,
      is_answered: false,
      topic: null,
    },
    expect.objectContaining({
      call_id: '1770710400.190',
      direction: 'in',
      talk: 0,
      is_answered: false,
      wait: 40,
    }),
  ])
})

test('joins the legs of a call by linkedid: rung here, answered there, handed over', async () => {
  const header =
    'calldate,src,dst,dstchannel,lastapp,lastdata,duration,billsec,disposition,uniqueid,linkedid,sequence,did\n'
  const leg = (second: string, peer: string, rest: string) =>
    `2026-02-10 09:00:${second},+79161234567,600,PJSIP/${peer}-0000,Queue,"600,t",${rest},17.${second},17.1,${second},74950000000\n`
  project = makeProject(source(`{ match: cdr.csv, entity: asterisk_cdr }`), {
    'cdr.csv':
      header +
      leg('00', '101', '15,0,NO ANSWER') +
      leg('15', '102', '20,12,ANSWERED') +
      leg('35', '103', '100,95,ANSWERED'),
  })
  expect(await read()).toMatchObject([{ rowsInserted: 1, rowsQuarantined: 0 }])
  expect(await calls()).toMatchObject([
    {
      call_id: '17.1',
      extension: '103',
      phone: '+79161234567',
      direction: 'in',
      talk: 107,
      is_answered: true,
    },
  ])
})

const QUEUE_LOG = `1770703199|NONE|NONE|NONE|QUEUESTART|
1770703200|1770703200.161|600|NONE|ENTERQUEUE||+79161234567|1
1770703205|1770703200.161|600|SIP/102|RINGNOANSWER|5000
1770703208|1770703200.161|600|SIP/101|CONNECT|8|1770703201.162|6
1770703400|1770703200.161|600|SIP/101|COMPLETECALLER|8|192|1
1770703500|1770703500.163|600|NONE|ENTERQUEUE||89160000001|1
1770703530|1770703500.163|600|NONE|ABANDON|1|1|30
`

test('reads queue_log: who waited, who answered, who gave up', async () => {
  project = makeProject(source(`{ match: queue_log, format: csv, entity: asterisk_queue_log }`), {
    queue_log: QUEUE_LOG,
  })
  await read()
  expect(await calls()).toEqual([
    {
      call_id: '1770703200.161',
      extension: '101',
      agent: null,
      phone: '+79161234567',
      direction: 'in',
      started_at: '2026-02-10 06:00:00',
      wait: 8,
      talk: 192,
      is_answered: true,
      topic: '600',
    },
    expect.objectContaining({
      call_id: '1770703500.163',
      phone: '89160000001',
      wait: 30,
      talk: 0,
      is_answered: false,
    }),
  ])
})

const LEGS = `{ match: calls.csv, entity: call_legs, columns: { call_id: id, leg_no: leg, started_at: start, direction: way,
          from_number: from, to_number: to, agent: agent, wait_seconds: wait, talk_seconds: { column: talk, type: duration },
          result: { column: status, values: { Answered: answered, Missed: missed, Отвечен: answered } } } }`
const LEG_HEADER = 'id;leg;start;way;from;to;agent;wait;talk;status\n'

test('reads the lines of any telephony: durations, other words for the result, one line for each leg', async () => {
  project = makeProject(source(LEGS), {
    'calls.csv':
      LEG_HEADER +
      'a;1;10.02.2026 09:00:00;in;8 (916) 123-45-67;101;Ann;00:12;00:00:00;Missed\n' +
      'a;2;10.02.2026 09:00:12;in;8 (916) 123-45-67;102;Bea;00:20;00:03:12;Отвечен\n' +
      'b;1;10.02.2026 10:00:00;out;101;+34911234567;Ann;5;0:59;Answered\n' +
      'c;1;10.02.2026 11:00:00;in;;101;;30;0;Missed\n' +
      'd;1;10.02.2026 12:00:00;in;+79160000002;101;Ann;3;0;hung up\n',
  })
  await read()
  expect(await calls()).toMatchObject([
    {
      call_id: 'a',
      agent: 'Bea',
      phone: '8 (916) 123-45-67',
      direction: 'in',
      wait: 20,
      talk: 192,
      is_answered: true,
    },
    {
      call_id: 'b',
      agent: 'Ann',
      phone: '+34911234567',
      direction: 'out',
      wait: 5,
      talk: 59,
      is_answered: true,
    },
    { call_id: 'c', agent: null, phone: null, wait: 30, talk: 0, is_answered: false },
    // A result that nothing is known of is neither answered nor missed.
    { call_id: 'd', is_answered: false, talk: 0 },
  ])
})

test('a leg that cannot be read goes to quarantine, a phone without its last digits too; the rest lands', async () => {
  project = makeProject(source(LEGS), {
    'calls.csv':
      LEG_HEADER +
      'a;1;10.02.2026 09:00:00;in;7,91612E+10;101;Ann;1;1;Answered\n' +
      'b;1;10.02.2026 09:00:00;in;+79161234567;101;Ann;1;long;Answered\n' +
      'c;1;10.02.2026 09:00:00;in;+79161234567;101;Ann;1;1;Answered\n',
  })
  expect(await read()).toMatchObject([{ rowsRead: 3, rowsInserted: 1, rowsQuarantined: 2 }])
  expect(
    await project.rows('select line, column_name, "value" from raw_embut.quarantine order by line'),
  ).toEqual([
    { line: '2', column_name: 'from_number', value: '7,91612E+10' },
    { line: '3', column_name: 'talk_seconds', value: 'long' },
  ])
})
