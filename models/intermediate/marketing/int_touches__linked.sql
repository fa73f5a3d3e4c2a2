-- One row per visit that names a deal or a client by itself: by number, click, phone or e-mail.
with

touches as (
    select touch_id, visitor_ref, deal_ref, click_id, trim(phone_raw) as phone_raw, email_hash
    from (
        select * exclude (_loaded_at) from {{ ref('stg_files__touches') }}
        {{ also_staged('touches') }}
    )
    where coalesce(deal_ref, click_id, phone_raw, email_hash) is not null
),

deals as (
    select deal_id, source_deal_id, nullif(client_id, 'unknown') as client_id
    from {{ ref('int_deals__described') }}
),

-- A number that two sources gave to different deals says nothing.
numbered as (
    select source_deal_id, min(deal_id) as deal_id from deals group by source_deal_id having count(*) = 1
),

clicks as (
    select click_id, min(deal_id) as deal_id from {{ ref('int_deal_marks__unioned') }}
    where click_id is not null
    group by click_id
),

owners as (
    select client_record_id, client_id from {{ ref('int_client_owners__placed') }}
),

-- A number or address of several clients is nobody's.
identified as (
    select identifiers.kind, identifiers.value, sha256(identifiers.value) as hash, min(owners.client_id) as client_id
    from {{ ref('int_client_identifiers__collected') }} as identifiers
    inner join owners using (client_record_id)
    group by identifiers.kind, identifiers.value
    having count(distinct owners.client_id) = 1
),

named as (
    select
        touches.touch_id,
        touches.visitor_ref,
        coalesce(keyed.deal_id, numbered.deal_id, clicks.deal_id) as deal_id,
        coalesce(phones.client_id, emails.client_id) as client_id
    from touches
    left join deals as keyed on keyed.deal_id = touches.deal_ref
    left join numbered on numbered.source_deal_id = touches.deal_ref
    left join clicks on clicks.click_id = touches.click_id
    left join {{ ref('stg_embut__phone_numbers') }} as numbers on numbers.phone_raw = touches.phone_raw
    left join identified as phones on phones.kind = 'phone' and phones.value = numbers.phone_e164
    left join identified as emails on emails.kind = 'email' and emails.hash = touches.email_hash
)

select named.touch_id, named.visitor_ref, named.deal_id, coalesce(deals.client_id, named.client_id) as client_id
from named
left join deals using (deal_id)
where coalesce(named.deal_id, named.client_id) is not null
