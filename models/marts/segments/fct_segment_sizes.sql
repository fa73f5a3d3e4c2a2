-- Days before this build are as they were counted then; only the day of this build is counted here.
with

today as (
    select cast({{ local_time('max(loads.finished_at)', 'max(settings.timezone)') }} as date) as size_on
    from {{ ref('stg_embut__loads') }} as loads
    cross join {{ ref('stg_workspace__company_settings') }} as settings
),

counted as (
    select
        members.segment_id,
        members.owner_id,
        members.department_id,
        count(*) as clients_count,
        count(*) filter (where standing = 'audience') as audience_count,
        count(*) filter (where standing = 'control group') as control_count,
        count(*) filter (where standing = 'without consent') as without_consent_count,
        count(*) filter (where standing = 'without contact') as without_contact_count,
        today.size_on
    from {{ ref('fct_segment_members') }} as members
    cross join today
    where members.is_counted
    group by members.segment_id, members.owner_id, members.department_id, today.size_on
),

unioned as (
    select sizes.* from {{ ref('stg_embut__segment_sizes') }} as sizes, today where sizes.size_on < today.size_on
    union all by name
    select * from counted
),

final as (
    select
        concat_ws(':', sizes.segment_id, cast(sizes.size_on as varchar), sizes.owner_id, sizes.department_id)
            as segment_size_id,
        sizes.segment_id,
        segments.segment_name,
        sizes.owner_id,
        sizes.department_id,
        cast(sizes.clients_count as integer) as clients_count,
        cast(sizes.audience_count as integer) as audience_count,
        cast(sizes.control_count as integer) as control_count,
        cast(sizes.without_consent_count as integer) as without_consent_count,
        cast(sizes.without_contact_count as integer) as without_contact_count,
        sizes.size_on = max(sizes.size_on) over () as is_latest,
        sizes.size_on
    from unioned as sizes
    inner join {{ ref('stg_workspace__segments') }} as segments using (segment_id)
)

select * from final
