-- One row per lead with everything that its facts share: outcome, deal, people, client, source, channel, zone.
with

leads as (
    select * from {{ ref('int_leads__unioned') }}
),

settings as (
    select timezone from {{ ref('stg_workspace__company_settings') }}
),

deals as (
    select deals.*
    from {{ ref('int_deals__described') }} as deals
    inner join {{ ref('int_lead_deals__linked') }} as linked using (deal_id)
    where linked.is_first
),

-- A lead of which a deal came was converted, whatever its status says. It ended when it got that status, else when its deal came.
judged as (
    select
        leads.* exclude (deal_refs, phones, emails, company_ref, contact_ref),
        deals.deal_id,
        case when deals.deal_id is not null then 'converted' else leads.outcome_word end as outcome,
        case
            when leads.outcome_word <> 'open' then coalesce(leads.status_since, deals.created_at)
            else deals.created_at
        end as told_end_at,
        coalesce(deals.status = 'won', false) as is_won,
        deals.closed_at as deal_closed_at,
        deals.owner_now_id as deal_owner_now_id,
        deals.product_id,
        deals.stage_id,
        deals.timezone as deal_timezone
    from leads
    left join deals using (lead_id)
),

-- Whose a lead is: who had it when it ended; while it is open, who has it now. One that was joined to an older deal ended at once.
credited as (
    select
        judged.*,
        case when judged.told_end_at < judged.created_at then judged.created_at else judged.told_end_at end as ended_at,
        coalesce(people.manager_id, 'unknown') as owner_now_id,
        coalesce(nullif(asked.manager_id, 'unknown'), people.manager_id, 'unknown') as asked_of_id,
        case when judged.outcome = 'open' then coalesce(people.manager_id, 'unknown')
            else coalesce(then_owners.manager_id, people.manager_id, 'unknown') end as owner_id
    from judged
    left join {{ ref('int_person_references__resolved') }} as people
        on people.origin = judged.origin and people.person_ref = judged.owner_ref
    left join {{ ref('int_lead_owners__intervals_built') }} as then_owners
        on then_owners.lead_id = judged.lead_id and {{ holds_at('then_owners', 'judged.told_end_at') }}
    left join {{ ref('int_lead_owners__intervals_built') }} as asked
        on asked.lead_id = judged.lead_id and {{ holds_at('asked', 'judged.created_at') }}
),

described as (
    select
        credited.* exclude (deal_timezone, told_end_at),
        coalesce(departments.department_id, 'unknown') as department_id,
        clients.client_record_id,
        coalesce(client_owners.client_id, 'unknown') as client_id,
        coalesce(client_owners.client_owner_id, 'unknown') as client_owner_id,
        coalesce(client_owners.client_department_id, 'unknown') as client_department_id,
        coalesce(lead_sources.source_id, 'unknown') as source_id,
        lead_sources.lead_source_name,
        {{ marketing_channel('credited.utm_source', 'credited.utm_medium', 'credited.click_id') }} as marked_channel,
        coalesce(credited.deal_timezone, branches.timezone, settings.timezone) as timezone
    from credited
    cross join settings
    left join {{ ref('int_lead_clients__resolved') }} as clients using (lead_id)
    left join {{ ref('int_client_owners__placed') }} as client_owners
        on client_owners.client_record_id = clients.client_record_id
    left join {{ ref('int_lead_source_references__resolved') }} as lead_sources
        on lead_sources.origin = credited.origin and lead_sources.lead_source_ref = credited.lead_source_ref
    left join {{ ref('int_managers__described') }} as people on people.manager_id = credited.owner_id
    left join {{ ref('int_branches__zoned') }} as branches on branches.branch = people.branch
    left join {{ ref('int_manager_departments__intervals_built') }} as departments
        on departments.manager_id = credited.owner_id
        and {{ holds_at('departments', "coalesce(credited.ended_at, cast('9999-12-31' as timestamp))") }}
),

final as (
    select *, {{ lead_party() }} as party from described
)

select * from final
