import { withWarehouse } from '../instance.ts'
import { literal, timestampText } from '../sql.ts'

/** A month being closed: `month` is YYYY-MM, `closedAt` the moment of it. */
export type ClosedMonth = { readonly month: string; readonly closedAt: Date }

/**
 * Keeps in the raw warehouse what the published file says of a month: every deal won or lost in it and every target with
 * its result, with whom they count for and under which names, and up to when rules were known to that file, so that it
 * outlives that file. A month kept before is kept anew. Call it while
 * the raw lock is held. Returns how many results were kept.
 */
export async function keepMonth(
  rawFile: string,
  publishedFile: string,
  { month, closedAt }: ClosedMonth,
): Promise<number> {
  const first = `date ${literal(`${month}-01`)}`
  return withWarehouse(rawFile, {}, async (connection) => {
    await connection.run(`attach ${literal(publishedFile)} as built (read_only)`)
    try {
      return await connection.transaction(async () => {
        await connection.run(`delete from raw_embut.closed_results where month = ${first}`)
        const at = `timestamp ${literal(timestampText(closedAt))}`
        await connection.run(
          `insert into raw_embut.closed_results by name
           select ${first} as month, ${at} as closed_at, kept.* exclude (month_start), owners.manager_name as owner_name,
             departments.department_name,
             case when kept.kind = 'month' then (${RULES_KNOWN_AT}) end as rules_known_at
           from (${RESULTS.join(' union all by name ')}) as kept
           left join built.dim_manager as owners on owners.manager_id = kept.owner_id
           left join built.dim_department as departments on departments.department_id = kept.department_id
           where kept.month_start is null or date_trunc('month', kept.month_start) = ${first}`,
        )
        const [row] = await connection.query(
          `select count(*) as n from raw_embut.closed_results where month = ${first} and kind <> 'month'`,
        )
        return Number(row?.['n'])
      })
    } finally {
      await connection.run('detach built')
    }
  })
}

// A month without any result is closed too: one row stands for the month itself.
const RESULTS = [
  `select 'month' as kind, 'month' as record_id, null::timestamp as month_start`,
  `select 'deal' as kind, deal_id as record_id, status, amount_company as value, owner_id, department_id, title,
     client_name, product_name, source_name, pipeline_name, stage_name, closed_at_local as month_start
   from built.fct_deals
   left join built.dim_client using (client_id)
   left join built.dim_product using (product_id)
   left join built.dim_source using (source_id)
   left join (select stage_id, pipeline_name, stage_name from built.dim_stage) as stages using (stage_id)
   where status in ('won', 'lost') and not is_excluded`,
  `select 'target' as kind, attainment_id as record_id, metric, target_value as value, actual_value as result, owner_id,
     department_id, month_start
   from built.fct_target_attainment`,
]

// The last version of a rule that was landed when the published file was built; the file knows no later one.
const RULES_KNOWN_AT = `select coalesce(max(set_at), timestamp '1970-01-01') from all_workspace.rule_versions
  where _loaded_at <= (select built_at from built.meta_build)`

/** Drops what was kept of a month that is opened again. Call it while the raw lock is held. */
export async function dropMonth(rawFile: string, month: string): Promise<void> {
  await withWarehouse(rawFile, {}, (connection) =>
    connection.run(`delete from raw_embut.closed_results where month = date ${literal(`${month}-01`)}`),
  )
}
