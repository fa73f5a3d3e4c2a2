with

loads as (
    select min(finished_at) as first_load_at from {{ ref('stg_embut__loads') }}
),

first_loads as (
    select max(first_loaded_at) as owners_as_of from {{ ref('int_first_loads__found') }}
),

custom_fields as (
    select cast(to_json(list(field order by field.subject, field.key)) as varchar) as custom_fields
    from (
        select {
            'subject': subject,
            'key': field_key,
            'label': min(label),
            'type': min(value_type),
            'folder': min(folder),
            'isPersonal': bool_or(is_personal),
            'sources': list(distinct origin order by origin)
        } as field
        from {{ ref('stg_workspace__custom_fields') }}
        group by subject, field_key
    )
),

settings as (
    select fiscal_calendar from {{ ref('stg_workspace__company_settings') }}
),

final as (
    select
        cast('{{ run_started_at.strftime("%Y-%m-%d %H:%M:%S") }}' as timestamp) as built_at,
        loads.first_load_at,
        first_loads.owners_as_of,
        custom_fields.custom_fields,
        settings.fiscal_calendar
    from loads
    cross join first_loads
    cross join custom_fields
    cross join settings
)

select * from final
