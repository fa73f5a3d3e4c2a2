-- One row per doubt about clients and client record that it is about.
with

owners as (
    select client_record_id, client_id from {{ ref('int_client_owners__placed') }}
),

-- A shared identifier that joins nothing is a doubt where the records are of several clients.
shared as (
    select identifiers.kind, identifiers.value, judged.refusal, identifiers.client_record_id,
        min(identifiers.client_record_id) over same as first_record_id
    from {{ ref('int_client_identifiers__collected') }} as identifiers
    inner join {{ ref('int_client_identifiers__judged') }} as judged using (kind, value)
    inner join owners using (client_record_id)
    where judged.refusal is not null
    window same as (partition by identifiers.kind, identifiers.value)
    qualify min(owners.client_id) over same <> max(owners.client_id) over same
),

links as (
    select *, unnest([client_record_id, other_client_record_id]) as held_record_id
    from {{ ref('int_client_links__judged') }}
    where refusal = 'held apart by a rule'
),

too_large as (
    select component, seed_id, seed_count, min(seed_id) over (partition by component) as first_seed_id
    from {{ ref('int_client_components__proposed') }}
    where seed_count > {{ var('largest_client_cluster') }}
),

-- A key must not tell the number itself, so it counts them.
numbered as (
    select *, dense_rank() over (partition by kind, first_record_id order by value) as place from shared
),

phones as (
    select client_record_id, phone_raw,
        row_number() over (partition by client_record_id order by phone_raw) as place
    from (
        select distinct client_record_id, trim(unnest(phones)) as phone_raw
        from {{ ref('int_client_records__completed') }}
    ) as spelled
),

listed as (
    select
        'client_possible_duplicate' as check_name,
        case when refusal in ('own number', 'placeholder') then 'info' else 'warning' end as severity,
        kind || ':' || first_record_id || ':' || place as record_key,
        client_record_id,
        {{ masked('value') }} as value,
        'One ' || kind || ' for several clients, not merged: ' || refusal as message
    from numbered
    union all
    select
        'client_held_apart',
        'info',
        client_record_id || '=' || other_client_record_id,
        held_record_id,
        {{ masked('min(evidence)') }},
        'Not merged: ' || refusal
    from links
    group by client_record_id, other_client_record_id, held_record_id, refusal
    union all
    select
        'client_cluster_too_large',
        'warning',
        first_seed_id,
        seed_id,
        cast(seed_count as varchar),
        'A chain of shared numbers or addresses joins too many clients; none of them was merged'
    from too_large
    union all
    select
        'phone_invalid',
        'info',
        phones.client_record_id || ':' || phones.place,
        phones.client_record_id,
        {{ masked('phones.phone_raw') }},
        'Not a telephone number' || coalesce(': ' || numbers.reason, '')
    from phones
    inner join {{ ref('stg_embut__phone_numbers') }} as numbers using (phone_raw)
    where not numbers.is_valid
)

select * from listed
