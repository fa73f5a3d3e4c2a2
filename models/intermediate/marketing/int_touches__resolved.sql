-- One row per visit that a web source brought: whose it was, and the first deal that followed it.
with

touches as (
    select * from (
        select * exclude (_loaded_at) from {{ ref('stg_files__touches') }}
        {{ also_staged('touches') }}
    )
    where {{ in_share('visitor_ref') }}
),

deals as (
    select deal_id, source_deal_id, nullif(client_id, 'unknown') as client_id, began_at
    from {{ ref('int_deals__described') }}
),

-- A number that two sources gave to different deals says nothing.
numbered as (
    select source_deal_id, min(deal_id) as deal_id from deals group by source_deal_id having count(*) = 1
),

marks as (
    select deal_id, click_id, visitor_ref from {{ ref('int_deal_marks__unioned') }}
    where click_id is not null or visitor_ref is not null
),

clicks as (
    select click_id, min(deal_id) as deal_id from marks where click_id is not null group by click_id
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

linked as (
    select
        touches.*,
        coalesce(keyed.deal_id, numbered.deal_id, clicks.deal_id) as linked_deal_id,
        coalesce(phones.client_id, emails.client_id) as named_client_id
    from touches
    left join deals as keyed on keyed.deal_id = touches.deal_ref
    left join numbered on numbered.source_deal_id = touches.deal_ref
    left join clicks on clicks.click_id = touches.click_id
    left join {{ ref('stg_embut__phone_numbers') }} as numbers on numbers.phone_raw = trim(touches.phone_raw)
    left join identified as phones on phones.kind = 'phone' and phones.value = numbers.phone_e164
    left join identified as emails on emails.kind = 'email' and emails.hash = touches.email_hash
),

-- Who is known once is known in all visits of the same browser.
visitors as (
    select visitor_ref, min(client_id) as client_id
    from (
        select linked.visitor_ref, coalesce(deals.client_id, linked.named_client_id) as client_id
        from linked
        left join deals on deals.deal_id = linked.linked_deal_id
        union all
        select marks.visitor_ref, deals.client_id from marks inner join deals using (deal_id)
        where {{ in_share('marks.visitor_ref') }}
    )
    where visitor_ref is not null and client_id is not null
    group by visitor_ref
    having count(distinct client_id) = 1
),

owned as (
    select
        linked.* exclude (named_client_id),
        {{ marketing_channel('linked.utm_source', 'linked.utm_medium', 'linked.click_id') }} as marked_channel,
        coalesce(deals.client_id, linked.named_client_id, visitors.client_id) as client_id
    from linked
    left join deals on deals.deal_id = linked.linked_deal_id
    left join visitors on visitors.visitor_ref = linked.visitor_ref
),

resolved as (
    select
        owned.* exclude (linked_deal_id, is_direct),
        coalesce(owned.marked_channel, case when owned.is_direct then 'Direct' end, 'unknown') as channel,
        coalesce(owned.is_direct, owned.marked_channel is null or owned.marked_channel = 'Direct') as is_direct,
        case
            when owned.linked_deal_id is not null then owned.linked_deal_id
            when {{ days_between('owned.started_at', 'following.began_at') }} <= {{ var('attribution_days') }}
                then following.deal_id
        end as deal_id,
        case
            when owned.linked_deal_id is not null and owned.deal_ref is not null then 'deal'
            when owned.linked_deal_id is not null then 'click'
            when owned.client_id is not null then 'client'
        end as matched_by
    from owned
    asof left join (select * from deals where client_id is not null) as following
        on following.client_id = owned.client_id and following.began_at >= owned.started_at
)

select * from resolved
