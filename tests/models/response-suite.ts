import { describe, expect, test } from 'vitest'

/** Requests and responses of the small company; `lines` asks its published file. */
export function responseSuite(lines: (sql: string) => Promise<readonly string[]>): void {
  describe('requests', () => {
    test('are leads, missed calls and messages, each until somebody answers', async () => {
      expect(
        await lines(`select request_id, kind, outcome, asked_count, owner_id, answered_by_id from fct_requests
          where client_id in ('crm:company:1', 'crm:contact:10') or kind <> 'lead' order by all`),
      ).toEqual([
        'call:tel:t2|missed_call|waiting|1|unknown|',
        // Five deals and a missed call of the first, all waiting for the call of 5 January.
        'lead:crm:1|lead|answered|6|crm:1|crm:1',
        'lead:crm:3|lead|closed|1|crm:1|',
        'lead:crm:4|lead|answered|1|crm:1|crm:1',
        'lead:crm:5|lead|closed|2|crm:1|',
        'lead:sheet:d3|lead|closed|1|sheet:Stranger|',
      ])
    })

    // The same time second by second: how many of them lie within the hours of a working day. Department 5 works from
    // noon to eight, and Anna is away on 2 January.
    test('take as long as the working seconds that can be counted between question and answer', async () => {
      expect(
        await lines(`
          select request_id, response_seconds, (
            select count(*) from range(requested_at_local, answered_at_local, interval 1 second) as seconds(moment)
            inner join dim_date on date_day = moment::date
            where is_working_day and not (owner_id = 'crm:1' and moment::date = '2026-01-02')
              and moment::time >= case when department_id = 'crm:5' then time '12:00' else time '09:00' end
              and moment::time < case when department_id = 'crm:5' then time '20:00' else time '17:00' end
          ) as counted
          from fct_requests where outcome = 'answered' and response_seconds is distinct from counted`),
      ).toEqual([])
      expect(
        await lines(`select distinct department_id from fct_requests where response_seconds > 0 order by 1`),
      ).toContain('crm:5')
      expect(await lines(`select count(*) > 0 from fct_requests where response_seconds > 0`)).toEqual([
        'true',
      ])
    })
  })
}
