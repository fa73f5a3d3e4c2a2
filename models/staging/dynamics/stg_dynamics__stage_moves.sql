{{ config(enabled=is_connected('dynamics')) }}
with

staged as (
    select
        source_name, 'process:' || deal_id as id, deal_id, pipeline_id as pipeline_ref, stage_id as stage_ref,
        created_on as created_at, modified_on as changed_at, stage_since, _op, _load_id, _loaded_at
    from {{ source('dynamics', 'sales_processes__history') }}
),

ended as (
    select
        source_name, 'deal:' || id as id, id as deal_id, case state when 1 then 'won' when 2 then 'lost' end as stage_ref,
        modified_on as created_at, modified_on as changed_at,
        {{ moment_of_day('closed_on', 'modified_on') }} as stage_since,
        _op, _load_id, _loaded_at
    from {{ source('dynamics', 'deals__history') }}
),

placed as (
    select ended.*, coalesce(processes.pipeline_id, 'none') as pipeline_ref
    from ended
    left join {{ source('dynamics', 'sales_processes') }} as processes
        on processes.source_name = ended.source_name and processes.deal_id = ended.deal_id
    qualify row_number() over (
        partition by ended.source_name, ended.deal_id, ended._load_id order by processes.modified_on desc, processes.id
    ) = 1
),

versions as (
    select * from staged
    union all by name
    select * from placed
),

seen as (
    {{ moves_of_versions('versions') }}
),

moves as (
    select * replace (regexp_replace(deal_id, ':(process|deal):', ':') as deal_id) from seen
)

select * from moves
