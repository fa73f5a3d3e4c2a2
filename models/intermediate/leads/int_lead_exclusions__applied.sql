-- One row per lead that a rule leaves out, by its own words or with the deal that came of it.
with

leads as (
    select * from {{ ref('int_leads__described') }}
),

named as (
    select
        leads.lead_id,
        leads.origin,
        coalesce(leads.ended_at, leads.created_at) as happened_at,
        unnest([
            {'field': 'title', 'value': leads.title},
            {'field': 'client', 'value': coalesce(records.client_name, leads.client_name)},
            {'field': 'client', 'value': leads.client_record_id},
            {'field': 'owner', 'value': people.manager_name},
            {'field': 'owner', 'value': leads.owner_now_id},
            {'field': 'source', 'value': leads.lead_source_name}
        ], recursive := true)
    from leads
    left join {{ ref('int_client_records__completed') }} as records using (client_record_id)
    left join {{ ref('int_managers__described') }} as people on people.manager_id = leads.owner_now_id
    where exists (select 1 from {{ ref('stg_workspace__exclusions') }})
),

applied as (
    {{ excluded_by_rule('named', 'lead_id') }}
),

with_deals as (
    select lead_id, exclusion_reason from applied
    union
    select leads.lead_id, deals.exclusion_reason
    from leads
    inner join {{ ref('int_deal_exclusions__applied') }} as deals using (deal_id)
),

final as (
    select lead_id, string_agg(distinct exclusion_reason, '; ' order by exclusion_reason) as exclusion_reason
    from with_deals
    group by lead_id
)

select * from final
