with

lead_sources as (
    select source_id, min(lead_source_name) as source_name
    from {{ ref('int_lead_source_references__resolved') }}
    group by source_id
),

unioned as (
    select * from lead_sources
    union all by name
    select 'unknown' as source_id
)

select * from unioned
