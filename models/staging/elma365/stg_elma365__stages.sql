{{ config(enabled=is_connected('elma365')) }}
with

settings as (
    select *, coalesce(settings -> '$.statusItems', settings -> '$.items', settings -> '$.statuses') as items
    from {{ source('elma365', 'statuses') }}
    where not _deleted
),

-- What a status means is not told: rules or its name say.
source as (
    select
        *,
        '0' as pipeline_ref,
        'Deals' as pipeline,
        item ->> '$.id' as stage_ref,
        item ->> '$.name' as name,
        cast(null as varchar) as outcome
    from (
        select *, unnest(from_json(items, '["JSON"]')) as item, generate_subscripts(from_json(items, '["JSON"]'), 1) as number
        from settings
    ) as statuses
)

{{ usual_stages('source') }}
