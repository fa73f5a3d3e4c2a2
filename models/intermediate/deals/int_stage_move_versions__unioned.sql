-- One row per version of a move of a deal into a stage that a load brought, of any source.
with

files as (
    select versions.* replace (coalesce(versions.pipeline_ref, deals.pipeline_ref, 'default') as pipeline_ref)
    from {{ ref('stg_files__stage_event_versions') }} as versions
    left join {{ ref('stg_files__deals') }} as deals using (deal_id)
),

-- Services whose moves nobody takes back have none but the present version.
unioned as (
    select * from {{ ref('stg_bitrix24__stage_move_versions') }}
    union all by name
    select * from files
    {{ also_staged('stage_moves', "stage_event_id, origin, deal_id, pipeline_ref, stage_ref, entered_at, position, 'insert' as _op, _load_id, _loaded_at") }}
)

select *, _op = 'delete' as is_gone from unioned
