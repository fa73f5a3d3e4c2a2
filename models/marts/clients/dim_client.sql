with

records as (
    select records.*, identities.client_id
    from {{ ref('int_client_records__completed') }} as records
    inner join {{ ref('int_clients__identities_merged') }} as identities using (client_record_id)
),

-- What the naming record leaves blank, another record of the client may know.
merged as (
    select
        client_id,
        max(case when client_record_id = client_id then client_name end) as client_name,
        max(case when client_record_id = client_id and kind = 'company' then 'company' else 'person' end)
            filter (where client_record_id = client_id) as client_type,
        coalesce(max(case when client_record_id = client_id then sector end), min(sector)) as sector,
        coalesce(max(case when client_record_id = client_id then city end), min(city)) as city,
        coalesce(max(case when client_record_id = client_id then country end), min(country)) as country,
        cast(count(*) as integer) as records_count,
        min(created_at) as first_seen_at
    from records
    group by client_id
),

saved as (
    select client_id, string_agg(distinct segment_name, ', ' order by segment_name) as saved_segments
    from {{ ref('fct_segment_members') }}
    group by client_id
),

described as (
    select merged.*, saved.saved_segments from merged left join saved using (client_id)
),

unioned as (
    select * from described
    union all by name
    select 'unknown' as client_id, cast(0 as integer) as records_count
)

select * from unioned
