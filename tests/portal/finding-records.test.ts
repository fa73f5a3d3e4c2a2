import { expect, test } from 'vitest'
import { decodeDefinition } from '#semantic/report'
import { findingRecords } from '#lib/finding-records.ts'

type Found = { check: string; entity: string; key: string; label?: string; severity?: string }

function asked({ label = 'Label', severity = 'warning', ...found }: Found): readonly unknown[] {
  return findingRecords({ ...found, label, severity }).map(({ subject, href }) => {
    const { reportType, filters, options } = decodeDefinition(href.split('?d=')[1] ?? '')
    const said = filters.map(({ member, values }) => `${member.split('.')[1] ?? ''}=${values.join()}`)
    expect(reportType).toBe(`${subject}_report`)
    expect(options.includeExcluded).toBe(true)
    return [subject, ...said]
  })
}

test('records that hang in the air are those of their person and source, excluded deals not left out', () => {
  expect(asked({ check: 'call_without_client', entity: 'call', key: 'crm:11' })).toEqual([
    ['calls', 'client_id=unknown', 'manager_id=crm:11'],
  ])
  expect(asked({ check: 'deal_without_client', entity: 'deal', key: 'crm:crm:11' })).toEqual([
    ['deals', 'client_id=unknown', 'origin=crm', 'manager_id=crm:11'],
  ])
  expect(asked({ check: 'owner_left', entity: 'deal', key: 'crm:7' })).toEqual([
    ['deals', 'status=open', 'manager_id=crm:7'],
  ])
})

test('a doubt about one deal has that deal; one about clients all records that it joins', () => {
  expect(asked({ check: 'deal_without_rate', entity: 'deal', key: 'crm:77' })).toEqual([
    ['deals', 'deal_id=crm:77'],
  ])
  expect(asked({ check: 'phone_invalid', entity: 'client', key: 'crm:contact:50:1' })).toEqual([
    ['clients', 'doubts=phone_invalid:crm:contact:50:1;'],
  ])
})

test('names that no list has open what bears them', () => {
  expect(asked({ check: 'branch_unknown', entity: 'deal', key: 'crm:Nroth' })).toEqual([
    ['deals', 'origin=crm', 'branch=Nroth'],
  ])
  const product = { check: 'product_unknown_spelling', entity: 'product', key: 's:GTXPro', label: 'GTXPro' }
  expect(asked(product)).toEqual([
    ['deals', 'origin=s', 'product=GTXPro'],
    ['deal_lines', 'origin=s', 'product=GTXPro'],
  ])
  expect(asked({ check: 'person_unmatched', entity: 'person', key: 'tel:Somebody' })).toEqual([
    ['deals', 'manager_id=tel:Somebody'],
    ['calls', 'manager_id=tel:Somebody'],
    ['activities', 'manager_id=tel:Somebody'],
  ])
  expect(asked({ check: 'custom_value_misfit', entity: 'call', key: 'tel:9:crm__tier' })).toEqual([
    ['calls', 'call_id=tel:9'],
  ])
})

test('rows that wait are on their page, and what no report can tell apart has no address', () => {
  const quarantined = { check: 'row_quarantined', entity: 'deals', key: 'shop:deals' }
  expect(findingRecords({ ...quarantined, label: null, severity: 'error' })).toEqual([
    { subject: 'unused', href: '/data/unused' },
  ])
  expect(asked({ check: 'deal_not_there', entity: 'deal', key: 'crm:deal' })).toEqual([])
  const joined = { check: 'product_unknown_spelling', entity: 'product', key: 's:gtx', severity: 'info' }
  expect(asked(joined)).toEqual([])
})
