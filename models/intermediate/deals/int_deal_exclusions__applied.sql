-- One row per deal that a rule leaves out, with the reasons.
with

deals as (
    select * from {{ ref('int_deals__described') }}
),

named as (
    select
        deals.deal_id,
        deals.origin,
        coalesce(deals.closed_at, deals.created_at) as happened_at,
        unnest([
            {'field': 'deal_id', 'value': deals.source_deal_id},
            {'field': 'deal_id', 'value': deals.deal_id},
            {'field': 'title', 'value': deals.title},
            {'field': 'client', 'value': records.client_name},
            {'field': 'client', 'value': deals.client_record_id},
            {'field': 'owner', 'value': people.manager_name},
            {'field': 'owner', 'value': deals.owner_now_id},
            {'field': 'source', 'value': lead_sources.lead_source_name},
            {'field': 'pipeline', 'value': deals.pipeline_ref},
            {'field': 'pipeline', 'value': stages.pipeline_name}
        ], recursive := true)
    from deals
    left join {{ ref('int_client_records__completed') }} as records using (client_record_id)
    left join {{ ref('int_managers__described') }} as people on people.manager_id = deals.owner_now_id
    left join {{ ref('int_lead_source_references__resolved') }} as lead_sources
        on lead_sources.origin = deals.origin and lead_sources.lead_source_ref = deals.lead_source_ref
    left join {{ ref('int_stages__ordered') }} as stages using (stage_id)
    where exists (select 1 from {{ ref('stg_workspace__exclusions') }})
),

matched as (
    select distinct named.deal_id, coalesce(rules.reason, rules.field || ' ' || rules.operator || ' ' || rules.value)
        as reason
    from named
    inner join {{ ref('stg_workspace__exclusions') }} as rules
        on rules.field = named.field
        and (rules.origin is null or rules.origin = named.origin)
        and (rules.valid_from is null or coalesce(named.happened_at >= rules.valid_from, true))
        and case rules.operator
            when 'equals' then {{ normal('named.value') }} = {{ normal('rules.value') }}
            else contains({{ normal('named.value') }}, {{ normal('rules.value') }})
        end
),

applied as (
    select deal_id, string_agg(reason, '; ' order by reason) as exclusion_reason
    from matched
    group by deal_id
)

select * from applied
