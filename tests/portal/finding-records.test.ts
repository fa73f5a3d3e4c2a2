import { expect, test } from 'vitest'
import { decodeDefinition } from '#semantic/report'
import { findingRecordsHref } from '#lib/finding-records.ts'

function asked(check: string, entity: string, key: string): unknown {
  const href = findingRecordsHref({ check, entity, key })
  if (href === null) return null
  const { reportType, filters, options } = decodeDefinition(href.split('?d=')[1] ?? '')
  const said = filters.map(({ member, values }) => `${member.split('.')[1] ?? ''}=${values.join()}`)
  return { reportType, said, includeExcluded: options.includeExcluded }
}

test('calls without a client are those of their person, excluded deals not left out', () => {
  expect(asked('call_without_client', 'call', 'crm:11')).toEqual({
    ...{ reportType: 'calls_report', said: ['client_id=unknown', 'manager_id=crm:11'] },
    includeExcluded: true,
  })
})

test('who left has the open deals that wait; a doubt about one deal has that deal', () => {
  expect(asked('owner_left', 'deal', 'crm:7')).toMatchObject({ said: ['status=open', 'manager_id=crm:7'] })
  expect(asked('deal_without_rate', 'deal', 'crm:77')).toMatchObject({ said: ['deal_id=crm:77'] })
})

test('rows that wait are on their page, and what no report can tell apart has no address', () => {
  expect(findingRecordsHref({ check: 'row_quarantined', entity: 'deals', key: 'shop:deals' })).toBe(
    '/data/unused',
  )
  expect(asked('deal_not_there', 'deal', 'crm:deal')).toBeNull()
  expect(asked('phone_invalid', 'client', 'crm:contact:50:ab')).toBeNull()
})
