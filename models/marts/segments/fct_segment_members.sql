with

segments as (
    select * from {{ ref('stg_workspace__segments') }}
),

-- The day on which rules that count days are judged.
today as (
    select cast({{ local_time('max(loads.finished_at)', 'max(settings.timezone)') }} as date) as today
    from {{ ref('stg_embut__loads') }} as loads
    cross join {{ ref('stg_workspace__company_settings') }} as settings
),

records as (
    select records.*, managers.manager_name, departments.department_name
    from {{ ref('dim_client_record') }} as records
    left join {{ ref('dim_manager') }} as managers on managers.manager_id = records.owner_id
    left join {{ ref('dim_department') }} as departments on departments.department_id = records.department_id
),

clauses as (
    select
        segment_id,
        split_part(clause."member", '.', 2) as attribute,
        clause.operator as operator,
        clause."values" as wanted,
        list_transform(clause."values", lambda each: try_cast(each as double)) as wanted_numbers,
        today.today,
        try_cast(clause."values"[1] as integer) as days_count
    from (select segment_id, unnest(clauses) as clause from segments) as unnested
    cross join today
),

-- Every attribute that a rule may name, as the text, number or moment that it is.
facts as (
    select
        clauses.*,
        records.client_record_id,
        records.client_id,
        {{ segment_attribute('text') }} as found_text,
        {{ segment_attribute('number') }} as found_number,
        {{ segment_attribute('moment') }} as found_moment
    from records
    cross join clauses
),

-- As the report filter of the same name decides: what is blank is unequal to everything.
judged as (
    select
        segment_id,
        client_record_id,
        client_id,
        case operator
            when 'set' then coalesce(found_text, cast(found_number as varchar), cast(found_moment as varchar)) is not null
            when 'notSet' then coalesce(found_text, cast(found_number as varchar), cast(found_moment as varchar)) is null
            when 'equals'
                then coalesce(list_contains(wanted, found_text), false) or coalesce(list_contains(wanted_numbers, found_number), false)
            when 'notEquals'
                then not (coalesce(list_contains(wanted, found_text), false)
                    or coalesce(list_contains(wanted_numbers, found_number), false))
            when 'contains'
                then len(list_filter(wanted, lambda each: contains(lower(found_text), lower(each)))) > 0
            when 'gt' then found_number > wanted_numbers[1]
            when 'gte' then found_number >= wanted_numbers[1]
            when 'lt' then found_number < wanted_numbers[1]
            when 'lte' then found_number <= wanted_numbers[1]
            when 'inDateRange'
                then found_moment >= cast(wanted[1] as date) and found_moment < cast(wanted[2] as date) + interval 1 day
            when 'withinNextDays' then cast(found_moment as date) between today and today + days_count
            when 'withinLastDays' then cast(found_moment as date) between today - days_count and today
            when 'moreThanDaysAgo' then cast(found_moment as date) < today - days_count
            when 'moreThanDaysAhead' then cast(found_moment as date) > today + days_count
        end and {{ is_segment_attribute('attribute') }} as holds
    from facts
),

-- A client belongs to it when one of its records fulfils every clause; then all its records do.
members as (
    select distinct segment_id, client_id
    from (
        select segment_id, client_record_id, client_id
        from judged
        group by segment_id, client_record_id, client_id
        having bool_and(coalesce(holds, false))
    ) as fulfilling
    where client_id <> 'unknown'
),

reached as (
    select
        members.segment_id,
        segments.segment_name,
        records.*,
        coalesce(records.has_consent, false) as is_willing,
        records.phone is not null or records.email is not null as is_reachable,
        -- The same clients are held out in every run: the share is of a digest of seed and client, never drawn anew.
        {{ share_of_digest("segments.control_seed || ':' || members.client_id") }} < segments.control_share as is_held_out,
        row_number() over (
            partition by members.segment_id, members.client_id
            order by records.client_record_id = members.client_id desc, records.client_record_id
        ) = 1 as is_counted
    from members
    inner join segments using (segment_id)
    inner join records using (client_id)
),

placed as (
    select
        *,
        case
            when not bool_or(is_willing) over of_client then 'without consent'
            when not bool_or(is_willing and is_reachable) over of_client then 'without contact'
            when is_held_out then 'control group'
            else 'audience'
        end as standing
    from reached
    window of_client as (partition by segment_id, client_id)
),

final as (
    select
        segment_id || ':' || client_record_id as segment_member_id,
        segment_id,
        segment_name,
        client_record_id,
        client_id,
        owner_id,
        department_id,
        client_name,
        client_type,
        phone,
        email,
        sector,
        city,
        standing,
        standing = 'audience' and is_willing and is_reachable as is_in_audience,
        is_counted
    from placed
)

select * from final
