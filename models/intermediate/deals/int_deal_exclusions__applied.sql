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

applied as (
    {{ excluded_by_rule('named', 'deal_id') }}
)

select * from applied
