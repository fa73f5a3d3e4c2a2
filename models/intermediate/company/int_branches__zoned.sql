-- One row per branch that has a zone of its own.
with

branches as (
    select branch, timezone from {{ ref('stg_workspace__branches') }} where timezone is not null
)

select * from branches
