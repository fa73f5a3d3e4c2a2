-- One row per lead of any CRM that keeps leads apart from deals, in one shape.
with

unioned as (
    select * exclude (_loaded_at) from {{ ref('stg_bitrix24__leads') }}
    {{ also_staged('leads') }}
),

links as (
    select origin, pattern from {{ ref('stg_workspace__record_links') }} where entity = 'leads'
),

addressed as (
    select
        unioned.*,
        {{ record_address('links.pattern', 'unioned.source_lead_id', 'cast(null as varchar)') }} as source_url
    from unioned
    left join links using (origin)
)

select * from addressed
