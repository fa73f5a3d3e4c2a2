import { expect, test } from 'vitest'
import { requestsOf, type createSales } from '#demo'

/** The leads of one company by each of its CRMs; `numbers` asks its published file. */
export function leadSuite(
  sales: ReturnType<typeof createSales>,
  numbers: (sql: string) => Promise<readonly number[]>,
): void {
  // SAP CRM has only leads that became a deal here.
  test.each(['creatio', 'dynamics', 'suitecrm', 'sugarcrm', 'sap_crm', 'zoho'])(
    'the leads of %s became their deal, came to nothing or are open, and are what was asked in its place',
    async (origin) => {
      const requests = requestsOf(sales).filter(({ isConverted }) => isConverted || origin !== 'sap_crm')
      const known = (wanted: string) => requests.filter(({ outcome }) => outcome === wanted).length
      const sql = `select count(*), count(deal_id), count(*) filter (outcome = 'converted'),
          count(*) filter (outcome = 'lost'), count(*) filter (source_id <> 'unknown'), count(*) filter (owner_id <> 'unknown')
        from fct_leads where origin = '${origin}'`
      const [all, kept] = [requests.length, known('converted')]
      expect(await numbers(sql)).toEqual([all, kept, kept, known('lost'), all, all])
      const twice = `select count(*) from fct_requests inner join fct_leads
        on request_id = 'lead:' || fct_leads.deal_id where fct_leads.origin = '${origin}'`
      expect(await numbers(twice)).toEqual([0])
    },
  )
}
