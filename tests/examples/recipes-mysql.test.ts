import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { NO_MARIADB, startMariadb } from '#demo'
import type { DatabaseServer } from '#demo'
import { makeSourceProject } from '../connectors/source-project.ts'
import type { SourceProject } from '../connectors/source-project.ts'

let server: DatabaseServer
let project: SourceProject

/** A project whose source is that of a recipe, on the test's own server. */
async function open(recipe: string): Promise<void> {
  const text = await readFile(resolve('examples/recipes', recipe, 'embut.yaml'), 'utf8')
  const { sources } = parse(text.replace(/\$\{[A-Z_]+\}/, server.url)) as { sources: Record<string, unknown> }
  project = makeSourceProject(stringify(Object.values(sources)[0]))
  const { failures, loads } = await project.sync()
  expect(failures).toEqual([])
  expect(loads.reduce((sum, { rowsQuarantined }) => sum + rowsQuarantined, 0)).toBe(0)
}

describe.skipIf(NO_MARIADB !== null)(`recipes on MariaDB (${NO_MARIADB ?? 'on loopback'})`, () => {
  beforeAll(async () => {
    server = await startMariadb()
  })
  afterAll(() => server.stop())
  afterEach(() => project.dispose())

  test('SuiteCRM: deals with their first stage and its changes, lines, companies, contacts, people who left, calls', async () => {
    await server.run(SUITECRM)
    await open('suitecrm_mysql')
    expect(
      await project.deals('deal_id, title, status, owner, company, contact, amount, currency, created_at'),
    ).toEqual([
      {
        deal_id: 'o1',
        title: 'Pilot',
        status: 'won',
        owner: 'u1',
        company: 'a1',
        contact: 'c1',
        amount: '1500.0000',
        currency: 'EUR',
        created_at: '2026-02-10 09:00:00',
      },
    ])
    expect(
      await project.rows('select stage, entered_at from all_files.stage_events order by entered_at'),
    ).toEqual([
      { stage: 'Prospecting', entered_at: '2026-02-10 09:00:00' },
      { stage: 'Proposal/Price Quote', entered_at: '2026-02-11 09:00:00' },
      { stage: 'Closed Won', entered_at: '2026-02-12 09:00:00' },
    ])
    expect(
      await project.rows(
        'select deal, product, quantity, price, amount from all_files.deal_lines order by line_id',
      ),
    ).toEqual([
      { deal: 'o1', product: 'Panel', quantity: '2.0000', price: '600.0000', amount: '1200.0000' },
      { deal: 'o1', product: 'Visit', quantity: '1.0000', price: '300.0000', amount: '300.0000' },
    ])
    expect(await project.rows('select name, phone, email, company from all_files.contacts')).toEqual([
      { name: 'Eva Gil', phone: '600111222', email: 'eva@example.com', company: 'a1' },
    ])
    expect(await project.rows('select name, email from all_files.companies')).toEqual([
      { name: 'North', email: null },
    ])
    expect(await project.rows('select name, is_active from all_files.people order by person_id')).toEqual([
      { name: 'Ann Old', is_active: true },
      { name: 'Gone', is_active: false },
    ])
    expect(await project.rows('select direction, talk_seconds, is_answered from all_files.calls')).toEqual([
      { direction: 'in', talk_seconds: '3720.0000', is_answered: true },
    ])
  })

  test('Matomo: goals and orders with where they came from; baskets left behind are none', async () => {
    await server.run(MATOMO)
    await open('matomo_mysql')
    expect(
      await project.rows('select kind, subject, contact, created_at from all_files.activities order by kind'),
    ).toEqual([
      {
        kind: 'goal',
        subject: 'Request · campaign · spring',
        contact: 'ann',
        created_at: '2026-02-10 10:00:00',
      },
      { kind: 'order', subject: 'A-1 · direct', contact: 'ann', created_at: '2026-02-10 10:05:00' },
    ])
    expect(await project.deals('deal_id, amount, status')).toEqual([
      { deal_id: 'A-1', amount: '99.9500', status: 'won' },
    ])
  })

  test('Asterisk by its channels: who was put through and how long one waited; a later event comes with the next sync', async () => {
    await server.run(CEL)
    await open('asterisk_cel')
    const calls = () =>
      project.rows(`select call_id || ' ' || direction || ' ' || phone || ' ' || extension || ' ' || is_answered || ' '
        || wait_seconds::int || ' ' || talk_seconds::int as line from all_files.calls order by call_id`)
    const found = [
      { line: '1.1 in +34600111222 102 true 18 100' },
      { line: '2.1 in +34600111333 101 false 20 0' },
    ]
    expect(await calls()).toEqual([...found, { line: '4.1 out 0034600111444 102 true 9 30' }])
    await server.run(`insert into cel(eventtype, eventtime, cid_num, exten, channame, uniqueid, linkedid) values
      ('HANGUP', '2026-02-10 12:01:09', '102', '0034600111444', 'PJSIP/102-7', '4.1', '4.1')`)
    await project.sync()
    expect(await calls()).toEqual([...found, { line: '4.1 out 0034600111444 102 true 9 60' }])
  })

  test('Asterisk: the legs of a call are one, answered by the house or missed; a later leg comes with the next sync', async () => {
    await server.run(ASTERISK)
    await open('asterisk_mysql')
    const calls = `select call_id, extension, phone, direction, wait_seconds::int as wait, talk_seconds::int as talk,
      is_answered from all_files.calls order by call_id`
    expect(await project.rows(calls)).toEqual([
      {
        call_id: '1.1',
        extension: '102',
        phone: '+34600111222',
        direction: 'in',
        wait: 18,
        talk: 100,
        is_answered: true,
      },
      {
        call_id: '2.1',
        extension: '101',
        phone: '600111333',
        direction: 'out',
        wait: 20,
        talk: 0,
        is_answered: false,
      },
      {
        call_id: '4.1',
        extension: null,
        phone: '+34600111444',
        direction: 'in',
        wait: 9,
        talk: 0,
        is_answered: false,
      },
    ])
    await server.run(
      `insert into cdr values ('2026-02-10 09:02:05', '+34600111222', '103', 'SIP/t-1', 'SIP/103-9', 60, 55, 'ANSWERED', '1.3', '1.1', 3)`,
    )
    await project.sync()
    expect(await project.rows(calls)).toMatchObject([{ call_id: '1.1', extension: '102', talk: 155 }, {}, {}])
  })
})

const SUITECRM = `
create table opportunities(id char(36) primary key, name varchar(50), date_entered datetime, date_modified datetime,
  deleted bool default 0, assigned_user_id char(36), lead_source varchar(50), amount double, currency_id char(36),
  date_closed date, sales_stage varchar(255));
create table accounts_opportunities(opportunity_id char(36), account_id char(36), deleted bool default 0);
create table opportunities_contacts(opportunity_id char(36), contact_id char(36), deleted bool default 0);
create table accounts_contacts(contact_id char(36), account_id char(36), deleted bool default 0);
create table currencies(id char(36), iso4217 varchar(3));
create table opportunities_audit(id char(36), parent_id char(36), date_created datetime, field_name varchar(100),
  before_value_string varchar(255), after_value_string varchar(255));
create table aos_quotes(id char(36) primary key, opportunity_id char(36), stage varchar(100), date_entered datetime, deleted bool default 0);
create table aos_products_quotes(id char(36) primary key, name text, parent_type varchar(100), parent_id char(36), product_qty decimal(18,4),
  product_unit_price decimal(26,6), product_total_price decimal(26,6), deleted bool default 0);
create table accounts(id char(36) primary key, name varchar(150), phone_office varchar(100), industry varchar(50),
  billing_address_city varchar(100), billing_address_country varchar(255), assigned_user_id char(36),
  date_entered datetime, deleted bool default 0);
create table contacts(id char(36) primary key, first_name varchar(100), last_name varchar(100), phone_mobile varchar(100),
  phone_work varchar(100), assigned_user_id char(36), date_entered datetime, deleted bool default 0);
create table email_addr_bean_rel(bean_id char(36), bean_module varchar(100), email_address_id char(36),
  primary_address bool, deleted bool default 0);
create table email_addresses(id char(36), email_address varchar(255), deleted bool default 0);
create table users(id char(36) primary key, first_name varchar(100), last_name varchar(100), department varchar(50),
  status varchar(100));
create table calls(id char(36) primary key, name varchar(50), parent_type varchar(255), parent_id char(36),
  assigned_user_id char(36), date_entered datetime, date_start datetime, duration_hours int, duration_minutes int,
  direction varchar(100), status varchar(100), deleted bool default 0);
insert into opportunities values ('o1', 'Pilot', '2026-02-10 09:00:00', '2026-02-12 09:00:00', 0, 'u1', 'Web', 1500, '-99', '2026-02-12', 'Closed Won'),
  ('o2', 'Deleted', '2026-02-10 09:00:00', '2026-02-12 09:00:00', 1, 'u1', 'Web', 1, '-99', '2026-02-12', 'Prospecting');
insert into opportunities_audit values ('x1', 'o1', '2026-02-11 09:00:00', 'sales_stage', 'Prospecting', 'Proposal/Price Quote'),
  ('x2', 'o1', '2026-02-12 09:00:00', 'sales_stage', 'Proposal/Price Quote', 'Closed Won'),
  ('x3', 'o1', '2026-02-12 09:00:00', 'amount_usdollar', '1', '2');
insert into aos_quotes values ('q1', 'o1', 'Closed Accepted', '2026-02-10', 0), ('q2', 'o1', 'Draft', '2026-02-11', 0),
  ('q3', 'o1', 'Closed Accepted', '2026-02-12', 1);
insert into aos_products_quotes values ('l1', 'Panel', 'AOS_Quotes', 'q1', 2, 600, 1200, 0), ('l2', 'Visit', 'AOS_Quotes', 'q1', 1, 300, 300, 0),
  ('l3', 'Panel', 'AOS_Quotes', 'q1', 9, 1, 9, 1), ('l4', 'Panel', 'AOS_Quotes', 'q2', 5, 1, 5, 0), ('l5', 'Panel', 'AOS_Invoices', 'q1', 2, 600, 1200, 0);
insert into accounts_opportunities values ('o1', 'a1', 0), ('o1', 'a0', 1);
insert into opportunities_contacts values ('o1', 'c1', 0);
insert into accounts_contacts values ('c1', 'a1', 0);
insert into accounts values ('a1', 'North', '911234567', 'Retail', 'Madrid', 'Spain', 'u1', '2026-01-01', 0);
insert into contacts values ('c1', 'Eva', 'Gil', '600111222', null, 'u1', '2026-01-01', 0);
insert into email_addr_bean_rel values ('c1', 'Contacts', 'e1', 1, 0);
insert into email_addresses values ('e1', 'eva@example.com', 0);
insert into users values ('u1', 'Ann', 'Old', 'Sales', 'Active'), ('u2', '', 'Gone', 'Sales', 'Inactive');
insert into calls values ('k1', 'Talk', 'Opportunities', 'o1', 'u1', '2026-02-10', '2026-02-10 09:00:00', 1, 2, 'Inbound', 'Held', 0),
  ('k2', 'Plan', null, null, 'u1', '2026-02-10', '2026-03-10 09:00:00', 0, 15, 'Outbound', 'Planned', 0);
`

const MATOMO = `
create table matomo_log_visit(idvisit bigint unsigned primary key, idsite int, idvisitor binary(8), user_id varchar(200));
create table matomo_log_conversion(idvisit bigint unsigned, idsite int, idgoal int, buster int unsigned, server_time datetime,
  idorder varchar(100), revenue double, referer_type tinyint unsigned, referer_name varchar(70));
create table matomo_goal(idsite int, idgoal int, name varchar(50));
insert into matomo_log_visit values (1001, 1, x'A1B2C3D4E5F60718', 'ann');
insert into matomo_goal values (1, 3, 'Request');
insert into matomo_log_conversion values (1001, 1, 3, 0, '2026-02-10 10:00:00', null, 0, 6, 'spring'),
  (1001, 1, 0, 77, '2026-02-10 10:05:00', 'A-1', 99.95, 1, ''), (1001, 1, -1, 78, '2026-02-10 10:04:00', null, 10, 1, '');
`

// A call behind a queue, one that nobody took, one within the house, and one from the house.
const CEL = `
create table cel(id int auto_increment primary key, eventtype varchar(30), eventtime datetime(6), cid_num varchar(80),
  exten varchar(80), channame varchar(80), uniqueid varchar(32), linkedid varchar(32), index(eventtime), index(linkedid));
insert into cel(eventtype, eventtime, cid_num, exten, channame, uniqueid, linkedid) values
  ('CHAN_START', '2026-02-10 09:00:00', '+34600111222', '600', 'PJSIP/trunk-1', '1.1', '1.1'),
  ('ANSWER', '2026-02-10 09:00:01', '+34600111222', '600', 'PJSIP/trunk-1', '1.1', '1.1'),
  ('CHAN_START', '2026-02-10 09:00:05', '', 's', 'PJSIP/101-2', '1.2', '1.1'),
  ('HANGUP', '2026-02-10 09:00:15', '', 's', 'PJSIP/101-2', '1.2', '1.1'),
  ('CHAN_START', '2026-02-10 09:00:15', '', 's', 'PJSIP/102-3', '1.3', '1.1'),
  ('BRIDGE_ENTER', '2026-02-10 09:00:18', '', 's', 'PJSIP/102-3', '1.3', '1.1'),
  ('BRIDGE_ENTER', '2026-02-10 09:00:18', '+34600111222', '600', 'PJSIP/trunk-1', '1.1', '1.1'),
  ('BRIDGE_EXIT', '2026-02-10 09:01:58', '', 's', 'PJSIP/102-3', '1.3', '1.1'),
  ('HANGUP', '2026-02-10 09:01:58', '', 's', 'PJSIP/102-3', '1.3', '1.1'),
  ('CHAN_START', '2026-02-10 10:00:00', '+34600111333', '600', 'PJSIP/trunk-4', '2.1', '2.1'),
  ('CHAN_START', '2026-02-10 10:00:02', '', 's', 'PJSIP/101-5', '2.2', '2.1'),
  ('HANGUP', '2026-02-10 10:00:20', '', 's', 'PJSIP/101-5', '2.2', '2.1'),
  ('HANGUP', '2026-02-10 10:00:20', '+34600111333', '600', 'PJSIP/trunk-4', '2.1', '2.1'),
  ('CHAN_START', '2026-02-10 11:00:00', '101', '102', 'PJSIP/101-6', '3.1', '3.1'),
  ('BRIDGE_ENTER', '2026-02-10 11:00:05', '101', '102', 'PJSIP/101-6', '3.1', '3.1'),
  ('CHAN_START', '2026-02-10 12:00:00', '102', '0034600111444', 'PJSIP/102-7', '4.1', '4.1'),
  ('BRIDGE_ENTER', '2026-02-10 12:00:09', '102', '0034600111444', 'PJSIP/102-7', '4.1', '4.1'),
  ('BRIDGE_EXIT', '2026-02-10 12:00:39', '102', '0034600111444', 'PJSIP/102-7', '4.1', '4.1');
`

const ASTERISK = `
create table cdr(calldate datetime, src varchar(80), dst varchar(80), channel varchar(80), dstchannel varchar(80),
  duration int, billsec int, disposition varchar(45), uniqueid varchar(32), linkedid varchar(32), sequence int, index(calldate), index(linkedid));
insert into cdr values
  ('2026-02-10 09:00:00', '+34600111222', '600', 'SIP/t-1', 'SIP/101-2', 15, 0, 'NO ANSWER', '1.1', '1.1', 1),
  ('2026-02-10 09:00:15', '+34600111222', '600', 'SIP/t-1', 'SIP/102-3', 103, 100, 'ANSWERED', '1.2', '1.1', 2),
  ('2026-02-10 10:00:00', '101', '600111333', 'SIP/101-4', 'SIP/t-5', 20, 0, 'NO ANSWER', '2.1', '2.1', 4),
  ('2026-02-10 10:30:00', '101', '102', 'SIP/101-6', 'SIP/102-7', 20, 18, 'ANSWERED', '3.1', '3.1', 5),
  ('2026-02-10 11:00:00', '+34600111444', 's', 'SIP/t-8', '', 9, 9, 'ANSWERED', '4.1', '4.1', 6);
`
