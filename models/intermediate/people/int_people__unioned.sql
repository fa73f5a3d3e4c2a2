with

users as (
    select * from {{ ref('stg_bitrix24__users') }}
),

people as (
    select * from {{ ref('stg_files__people') }}
),

unioned as (
    select
        person_id,
        origin,
        source_person_id,
        person_name,
        email,
        extension,
        department_ref,
        cast(null as varchar) as head_name,
        cast(null as varchar) as branch,
        is_active,
        1 as source_rank
    from users
    union all by name
    select
        person_id,
        origin,
        source_person_id,
        person_name,
        email,
        extension,
        department_ref,
        head_name,
        branch,
        is_active,
        2 as source_rank
    from people
    {{ also_staged('people', '* exclude (_load_id, _loaded_at), 1 as source_rank') }}
)

select * from unioned
