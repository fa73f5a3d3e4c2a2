import { describe, expect, test } from 'vitest'
import type { RawRow } from './raw-fixture.ts'

const ticked = (
  rule_id: string,
  [source, entity, field]: readonly [string, string, string],
  [field_key, type]: readonly [string, string],
): RawRow => ({
  ...{ rule_id, source, entity, field, field_key, type, label: field_key, folder: 'Own' },
  ...{ subject: entity === 'companies' ? 'clients' : entity, is_personal: field_key === 'custom_vip' },
})

/** Custom fields that somebody ticked; the town is one field of two sources. */
export const TICKED: readonly RawRow[] = [
  ticked('f1', ['crm', 'deals', 'ufCity'], ['custom_town', 'list']),
  ticked('f2', ['sheet', 'deals', 'Town'], ['custom_town', 'list']),
  ticked('f3', ['crm', 'deals', 'ufFee'], ['custom_fee', 'money']),
  ticked('f4', ['crm', 'deals', 'ufVisit'], ['custom_visit', 'datetime']),
  ticked('f5', ['sheet', 'companies', 'VIP'], ['custom_vip', 'boolean']),
  ticked('f7', ['crm', 'calls', 'Score'], ['custom_score', 'number']),
  ticked('f6', ['crm', 'deals', 'ufNobodyFillsIt'], ['custom_none', 'text']),
]

/** `lines` gives the rows of a query as text, null as nothing. */
export function customSuite(lines: (sql: string) => Promise<readonly string[]>): void {
  describe('custom fields', () => {
    test('stand with their records, in company currency and local time', async () => {
      expect(
        await lines(`select field_key, record_id, text_value, number_value, is_true, value_at_local::varchar
          from fct_custom_values where is_fit order by all`),
      ).toEqual([
        'custom_fee|crm:2||10.0000||',
        'custom_fee|crm:7||9.0000||',
        'custom_score|crm:1||7.0000||',
        'custom_town|crm:2|Riga, Vigo|||',
        'custom_town|sheet:d1|Vigo|||',
        'custom_vip|sheet:company:k9|||true|',
        'custom_visit|crm:2||||2026-02-01 00:30:00',
      ])
    })

    test('keep what does not fit as a finding, with its record', async () => {
      expect(
        await lines(`select record_key, value, origin from fct_data_quality
          where check_name = 'custom_value_misfit' order by all`),
      ).toEqual(['crm:8:custom_fee|10|crm', 'crm:8:custom_visit|soon|crm'])
    })

    test('that nobody fills in are listed all the same', async () => {
      const [listed = ''] = await lines('select custom_fields from meta_build')
      const fields: { key: string; sources: string[]; isPersonal: boolean }[] = JSON.parse(listed)
      expect(fields.map(({ key, sources, isPersonal }) => [key, sources.join(), isPersonal])).toEqual([
        ['custom_score', 'crm', false],
        ['custom_vip', 'sheet', true],
        ['custom_fee', 'crm', false],
        ['custom_none', 'crm', false],
        ['custom_town', 'crm,sheet', false],
        ['custom_visit', 'crm', false],
      ])
    })
  })
}
