{{ config(enabled=is_connected('hubspot')) }}
with

teams as (
    select source_name, unnest(from_json(teams, '[{"id": "VARCHAR", "name": "VARCHAR"}]')) as team, _load_id, _loaded_at
    from {{ source('hubspot', 'owners') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', 'team.id') }} as department_id,
        source_name as origin,
        team.id as source_department_id,
        {{ clean('team.name') }} as department_name,
        _load_id,
        _loaded_at
    from teams
    qualify row_number() over (partition by source_name, team.id order by _load_id desc) = 1
)

select * from renamed
