with

loads as (
    select min(finished_at) as first_load_at from {{ ref('stg_embut__loads') }}
),

first_loads as (
    select max(first_loaded_at) as owners_as_of from {{ ref('int_first_loads__found') }}
),

final as (
    select
        cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}' as timestamp) as built_at,
        loads.first_load_at,
        first_loads.owners_as_of
    from loads
    cross join first_loads
)

select * from final
