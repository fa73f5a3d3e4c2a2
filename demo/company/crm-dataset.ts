import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTableWriter, type TableWriter } from '../bitrix/table-writer.ts'
import { activityChangedAt, activityRecord, createActivities, orderSteps } from './activities.ts'
import { callRecord, createCalls } from './calls.ts'
import type { Client } from './clients.ts'
import * as records from './crm-records.ts'
import { leadRecord, leadsOf, leadStepRecords } from './crm-lead-records.ts'
import {
  invoiceRecord,
  orderPaymentRecord,
  productRecords,
  productRow,
  quoteRecord,
  sectionRecords,
} from './crm-sale-records.ts'
import { taskChangedAt, taskDeals, taskRecord } from './crm-task-records.ts'
import type { Deal } from './deals.ts'
import { itemAt } from './random.ts'
import { invoicesOf, linesOf } from './sale.ts'
import { ZONE, type World } from './world.ts'

export type CrmCounts = Readonly<Record<string, number>>

/** Writes every record of the fake CRM below `folder`; the counts are by table. */
export function writeCrm(
  folder: string,
  world: World,
  { clients, deals }: { clients: readonly Client[]; deals: readonly Deal[] },
): CrmCounts {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'portal.json'), aboutPortal(world))
  const write = (name: string, fill: (table: TableWriter) => void) => writeTable(folder, name, fill)
  return {
    ...write('deals', (table) => {
      for (const deal of deals)
        table.write(deal.id, records.dealChangedAt(deal, world.asOf), records.dealRecord(deal, world))
    }),
    ...write('stage_history', (table) => writeSteps(table, world, deals)),
    ...write('contacts', (table) => {
      const contacts = clients.flatMap((client) => client.contacts).sort((a, b) => a.id - b.id)
      for (const each of contacts) table.write(each.id, each.createdAt, records.contactRecord(each, world))
    }),
    ...write('companies', (table) => {
      for (const { company } of clients)
        if (company) table.write(company.id, company.createdAt, records.companyRecord(company, world))
    }),
    ...write('calls', (table) => writeCalls(table, world, deals)),
    ...write('activities', (table) => writeActivities(table, world, deals)),
    ...write('product_rows', (table) => {
      for (const line of linesOf({ deals })) table.write(line.id, world.period.from, productRow(line))
    }),
    ...write('invoices', (table) => {
      for (const each of invoicesOf({ deals }))
        table.write(each.id, each.paidAt ?? each.issuedAt, invoiceRecord(each, world))
    }),
    ...writeLeads(write, world, deals),
    ...writeOrders(write, world, deals),
    ...writeDirectories(write, world),
  }
}

type Write = (name: string, fill: (table: TableWriter) => void) => CrmCounts

function writeLeads(write: Write, world: World, deals: readonly Deal[]): CrmCounts {
  const leads = leadsOf(deals)
  return {
    ...write('leads', (table) => {
      for (const lead of leads) table.write(lead.deal.id, lead.deal.createdAt, leadRecord(lead, world))
    }),
    ...write('lead_history', (table) => {
      for (const { id, at, record } of leadStepRecords(leads, world)) table.write(id, at, record)
    }),
    ...write('tasks', (table) => {
      for (const deal of taskDeals(deals)) table.write(deal.id, taskChangedAt(deal), taskRecord(deal, world))
    }),
  }
}

function writeOrders(write: Write, world: World, deals: readonly Deal[]): CrmCounts {
  const ordered = invoicesOf({ deals }).filter(({ deal }) => deal.id % 4 === 1)
  return {
    ...write('quotes', (table) => {
      for (const deal of deals)
        if (deal.id % 6 === 0) table.write(deal.id, deal.createdAt, quoteRecord(deal, world))
    }),
    ...write('order_deals', (table) => {
      for (const { deal } of ordered)
        table.write(deal.id, world.period.from, { orderId: deal.id, ownerId: deal.id, ownerTypeId: 2 })
    }),
    ...write('order_payments', (table) => {
      for (const each of ordered) table.write(each.id, each.issuedAt, orderPaymentRecord(each, world))
    }),
  }
}

function aboutPortal({ asOf, period, clock }: World): string {
  const earlierUsers = records.earlierUserRecords(period.from, clock)
  return JSON.stringify({ asOf, zone: ZONE, earlierUsers }) + '\n'
}

function writeDirectories(write: Write, world: World): CrmCounts {
  const plain = (name: string, rows: readonly { id: number; record: object }[]) =>
    write(name, (table) => rows.forEach(({ id, record }) => table.write(id, world.period.from, record)))
  return {
    ...plain('users', records.userRecords(world.asOf, world.clock)),
    ...plain('departments', records.departmentRecords()),
    ...plain('pipelines', records.pipelineRecords()),
    ...plain('statuses', records.statusRecords()),
    ...plain('product_sections', sectionRecords()),
    ...plain('products', productRecords()),
  }
}

function writeTable(folder: string, name: string, fill: (table: TableWriter) => void): CrmCounts {
  const table = createTableWriter(folder, name)
  fill(table)
  table.close()
  return { [name]: table.count() }
}

function writeSteps(table: TableWriter, world: World, deals: readonly Deal[]): void {
  for (const [index, entry] of orderSteps(deals).entries()) {
    const { at } = itemAt(entry.deal.steps, entry.step)
    table.write(index + 1, at, records.stageHistoryRecord(index + 1, entry, world.clock))
  }
}

function writeCalls(table: TableWriter, world: World, deals: readonly Deal[]): void {
  let id = 0
  for (const call of createCalls(world, deals, 'crm')) {
    id += 1
    table.write(id, call.at, callRecord(id, call, world))
  }
}

function writeActivities(table: TableWriter, world: World, deals: readonly Deal[]): void {
  for (const [index, activity] of createActivities(world, deals).entries())
    table.write(index + 1, activityChangedAt(activity), activityRecord(index + 1, activity, world))
}
