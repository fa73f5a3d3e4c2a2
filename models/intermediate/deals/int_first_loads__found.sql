-- One row per source of deals: since when Embut sees its changes.
with

loads as (
    select origin, min(_loaded_at) as first_loaded_at
    from {{ ref('int_deal_versions__unioned') }}
    group by origin
)

select * from loads
