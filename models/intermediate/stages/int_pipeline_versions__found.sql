-- One row per version of a pipeline and stage in it. A version begins with the load that showed another order of stages.
with

versions as (
    select *, origin || ':' || pipeline_ref as pipeline_id
    from {{ ref('stg_bitrix24__stage_versions') }}
    where entity_id = 'DEAL_STAGE' or entity_id like 'DEAL\_STAGE\_%' escape '\'
    {{ also_staged('stage_versions', "*, origin || ':' || pipeline_ref as pipeline_id") }}
),

loads as (
    select pipeline_id, _load_id, min(_loaded_at) as loaded_at
    from versions
    group by pipeline_id, _load_id
),

-- What the pipeline looked like after each load.
states as (
    select loads.pipeline_id, loads._load_id as load_id, loads.loaded_at,
        versions.stage_ref, versions.sort_order, versions._op
    from loads
    inner join versions on versions.pipeline_id = loads.pipeline_id and versions._load_id <= loads._load_id
    qualify row_number() over (
        partition by loads.pipeline_id, loads._load_id, versions.stage_ref order by versions._load_id desc
    ) = 1
),

present as (
    select * from states where _op <> 'delete'
),

orders as (
    select pipeline_id, load_id, loaded_at, string_agg(stage_ref, '>' order by sort_order, stage_ref) as stage_order
    from present
    group by pipeline_id, load_id, loaded_at
),

changes as (
    select *
    from orders
    qualify stage_order is distinct from lag(stage_order) over (partition by pipeline_id order by load_id)
),

numbered as (
    select
        pipeline_id,
        load_id,
        cast(row_number() over pipeline as integer) as pipeline_version,
        case when row_number() over pipeline = 1 then {{ since_ever() }} else loaded_at end as valid_from,
        lead(loaded_at) over pipeline as valid_to
    from changes
    window pipeline as (partition by pipeline_id order by load_id)
),

found as (
    select
        numbered.pipeline_id,
        numbered.pipeline_version,
        present.stage_ref,
        present.sort_order,
        numbered.valid_from,
        numbered.valid_to
    from numbered
    inner join present on present.pipeline_id = numbered.pipeline_id and present.load_id = numbered.load_id
)

select * from found
