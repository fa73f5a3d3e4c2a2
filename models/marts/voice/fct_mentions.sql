with

mentions as (
    select * from {{ ref('int_mentions__found') }}
),

-- A deal's words count on the day it closed, else on the day it was created.
deals as (
    select 'deal' as entity, deal_id as record_id, deal_id, client_id, owner_id, department_id, owner_now_id,
        client_owner_id, client_department_id, is_excluded,
        coalesce(closed_at, created_at) as mentioned_at,
        coalesce(closed_at_local, created_at_local) as mentioned_at_local
    from {{ ref('fct_deals') }}
),

activities as (
    select 'activity' as entity, activity_id as record_id, deal_id, client_id, owner_id, department_id,
        deal_owner_now_id as owner_now_id, client_owner_id, client_department_id, false as is_excluded,
        coalesce(completed_at, created_at) as mentioned_at,
        coalesce(completed_at_local, created_at_local) as mentioned_at_local
    from {{ ref('fct_activities') }}
),

calls as (
    select 'call' as entity, call_id as record_id, deal_id, client_id, owner_id, department_id,
        deal_owner_now_id as owner_now_id, client_owner_id, client_department_id, false as is_excluded,
        started_at as mentioned_at, started_at_local as mentioned_at_local
    from {{ ref('fct_calls') }}
),

records as (
    select * from deals
    union all by name
    select * from activities
    union all by name
    select * from calls
),

final as (
    select
        concat_ws(':', mentions.entity, mentions.place, mentions.topic, mentions.record_id) as mention_id,
        mentions.entity,
        mentions.record_id,
        records.deal_id,
        records.client_id,
        records.owner_id,
        records.department_id,
        records.owner_now_id as deal_owner_now_id,
        records.client_owner_id,
        records.client_department_id,
        mentions.topic,
        mentions.place,
        mentions.word,
        mentions.quote,
        records.is_excluded,
        records.mentioned_at,
        records.mentioned_at_local
    from mentions
    inner join records using (entity, record_id)
)

select * from final
