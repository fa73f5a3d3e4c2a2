-- One row per telephone number or address that more than one client has: whether it may join them, else why not.
with

identifiers as (
    select * from {{ ref('int_client_identifiers__collected') }}
),

names as (
    select client_record_id, kind = 'company' as is_company,
        coalesce({{ normal('client_name') }}, case when kind <> 'lead' then client_record_id end) as client_name
    from {{ ref('int_client_records__completed') }}
),

own as (
    select distinct coalesce(numbers.phone_e164, own.phone_raw) as value
    from {{ ref('stg_workspace__own_phones') }} as own
    left join {{ ref('stg_embut__phone_numbers') }} as numbers using (phone_raw)
    union
    select numbers.phone_e164
    from {{ ref('stg_bitrix24__calls') }} as calls
    inner join {{ ref('stg_embut__phone_numbers') }} as numbers on numbers.phone_raw = calls.portal_number
    where numbers.phone_e164 is not null
    {% for own_numbers in staged('own_numbers') %}
    union
    select numbers.phone_e164
    from {{ own_numbers }} as own
    inner join {{ ref('stg_embut__phone_numbers') }} as numbers using (phone_raw)
    where numbers.phone_e164 is not null
    {% endfor %}
),

-- Records of one client in several sources have one name; different names are different companies, or different people. A lead
-- without a name is nobody else.
counted as (
    select
        identifiers.kind,
        identifiers.value,
        count(distinct identifiers.seed_id) as seed_count,
        count(distinct case when names.is_company then names.client_name end) as company_count,
        count(distinct case when identifiers.record_kind <> 'company' then people.client_name end) as person_count
    from identifiers
    inner join names on names.client_record_id = identifiers.seed_id
    left join names as people on people.client_record_id = identifiers.client_record_id
    group by identifiers.kind, identifiers.value
),

judged as (
    select
        counted.*,
        case
            when own.value is not null then 'own number'
            when counted.kind = 'phone' and right(counted.value, 6) = repeat(right(counted.value, 1), 6) then 'placeholder'
            when mailboxes.mailbox is not null then 'placeholder'
            when company_count > 1 then 'more than one company'
            when person_count > 3 then 'more than three people'
        end as refusal
    from counted
    left join own on counted.kind = 'phone' and own.value = counted.value
    left join {{ ref('role_mailboxes') }} as mailboxes
        on counted.kind = 'email' and mailboxes.mailbox = split_part(counted.value, '@', 1)
    where seed_count > 1
)

select * from judged
