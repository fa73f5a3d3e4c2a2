-- One row per doubt about clients: shared identifiers that join nothing, clusters not merged, unusable phones.
with

owners as (
    select * from {{ ref('int_client_owners__placed') }}
),

records as (
    select records.client_record_id, records.client_name, records.origin, owners.client_id,
        owners.client_owner_id, owners.client_department_id
    from {{ ref('int_client_records__completed') }} as records
    inner join owners using (client_record_id)
),

refused as (
    select identifiers.kind, identifiers.value, judged.refusal, identifiers.client_record_id
    from {{ ref('int_client_identifiers__collected') }} as identifiers
    inner join {{ ref('int_client_identifiers__judged') }} as judged using (kind, value)
    where judged.refusal is not null
),

possible_duplicates as (
    select
        'client_possible_duplicate' as check_name,
        case when refused.refusal in ('own number', 'placeholder') then 'info' else 'warning' end as severity,
        'client' as entity,
        refused.kind || ':' || {{ digest('refused.value') }} as record_key,
        min(records.client_name) as record_label,
        {{ masked('refused.value') }} as value,
        array_to_string(list_slice(list(distinct records.client_record_id order by records.client_record_id), 1, 5), ', ')
            as suggestion,
        'One ' || refused.kind || ' for several clients, not merged: ' || refused.refusal as message,
        min(records.origin) as origin,
        count(*) as found_rows,
        case when count(distinct records.client_owner_id) = 1 then min(records.client_owner_id) end as owner_id,
        case when count(distinct records.client_department_id) = 1 then min(records.client_department_id) end as department_id
    from refused
    inner join records using (client_record_id)
    group by refused.kind, refused.value, refused.refusal
    having count(distinct records.client_id) > 1
),

links as (
    select * from {{ ref('int_client_links__judged') }} where refusal is not null
),

held_apart as (
    select
        'client_held_apart' as check_name,
        'info' as severity,
        'client' as entity,
        links.client_record_id || '=' || links.other_client_record_id as record_key,
        records.client_name as record_label,
        {{ masked('min(links.evidence)') }} as value,
        links.other_client_record_id as suggestion,
        'Not merged: ' || links.refusal as message,
        records.origin,
        2 as found_rows,
        records.client_owner_id as owner_id,
        records.client_department_id as department_id
    from links
    inner join records using (client_record_id)
    where links.refusal = 'held apart by a rule'
    group by all
),

too_large as (
    select
        'client_cluster_too_large' as check_name,
        'warning' as severity,
        'client' as entity,
        min(components.seed_id) as record_key,
        min(records.client_name) as record_label,
        cast(count(*) as varchar) as value,
        array_to_string(list_slice(list(components.seed_id order by components.seed_id), 1, 5), ', ') as suggestion,
        'A chain of shared numbers or addresses joins too many clients; none of them was merged' as message,
        min(records.origin) as origin,
        count(*) as found_rows
    from {{ ref('int_client_components__proposed') }} as components
    inner join records on records.client_record_id = components.seed_id
    where components.seed_count > {{ var('largest_client_cluster') }}
    group by components.component
),

invalid_phones as (
    select
        'phone_invalid' as check_name,
        'info' as severity,
        'client' as entity,
        raw.client_record_id || ':' || {{ digest('raw.phone_raw') }} as record_key,
        records.client_name as record_label,
        {{ masked('raw.phone_raw') }} as value,
        'Not a telephone number' || coalesce(': ' || numbers.reason, '') as message,
        records.origin,
        1 as found_rows,
        records.client_owner_id as owner_id,
        records.client_department_id as department_id
    from (
        select distinct client_record_id, trim(unnest(phones)) as phone_raw
        from {{ ref('int_client_records__completed') }}
    ) as raw
    inner join {{ ref('stg_embut__phone_numbers') }} as numbers using (phone_raw)
    inner join records using (client_record_id)
    where not numbers.is_valid
),

found as (
    select * from possible_duplicates
    union all by name
    select * from held_apart
    union all by name
    select * from too_large
    union all by name
    select * from invalid_phones
)

select * from found
