-- One row per lead source as a source's deals, leads and targets write it.
with

dictionary as (
    select origin, stage_ref as lead_source_ref, stage_name as lead_source_name
    from {{ ref('stg_bitrix24__stages') }}
    where entity_id = 'SOURCE'
),

spellings as (
    select spelling, min(canonical) as canonical
    from {{ ref('stg_workspace__spellings') }}
    where entity = 'source'
    group by spelling
),

mentioned as (
    select origin, lead_source_ref from {{ ref('int_deals__unioned') }} where lead_source_ref is not null
    union
    select origin, lead_source_ref from {{ ref('int_leads__unioned') }} where lead_source_ref is not null
    union
    select origin, lead_source_ref from {{ ref('int_targets__unioned') }} where lead_source_ref is not null
    union
    select origin, lead_source_ref from dictionary
),

named as (
    select
        mentioned.*,
        coalesce(spellings.canonical, dictionary.lead_source_name, mentioned.lead_source_ref) as lead_source_name
    from mentioned
    left join dictionary using (origin, lead_source_ref)
    left join spellings
        on spellings.spelling = {{ normal('coalesce(dictionary.lead_source_name, mentioned.lead_source_ref)') }}
),

-- The first id that has a name stands for all spellings of it in that source.
resolved as (
    select
        *,
        origin || ':' || min(lead_source_ref) over (partition by origin, {{ normal('lead_source_name') }}) as source_id
    from named
)

select * from resolved
