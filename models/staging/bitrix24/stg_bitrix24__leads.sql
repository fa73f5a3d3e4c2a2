with

source as (
    select * from {{ source('bitrix24', 'leads') }} where not _deleted
),

-- Several deals may come of one lead; the first of them is what it became.
deals as (
    select source_name, lead_id as id, list(cast(id as varchar) order by created_time, id) as deal_refs
    from {{ source('bitrix24', 'deals') }}
    where not _deleted and {{ crm_id('lead_id') }} is not null
    group by all
),

statuses as (
    select source_name, status_id as stage_id, {{ clean('name') }} as status_name
    from {{ source('bitrix24', 'stages') }}
    where not _deleted and entity_id = 'STATUS'
),

renamed as (
    select
        source_name || ':lead:' || trim(cast(id as varchar)) as lead_id,
        source_name as origin,
        trim(cast(id as varchar)) as source_lead_id,
        {{ clean('title') }} as title,
        coalesce({{ clean("concat_ws(' ', name, last_name)") }}, {{ clean('company_title') }}) as client_name,
        {{ crm_id('company_id') }} as company_ref,
        {{ crm_id('contact_id') }} as contact_ref,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        {{ clean('source_id') }} as lead_source_ref,
        {{ crm_id('assigned_by_id') }} as owner_ref,
        coalesce(statuses.status_name, {{ clean('stage_id') }}) as status_name,
        case stage_semantic_id when 'S' then 'converted' when 'F' then 'lost' else 'open' end as outcome_word,
        coalesce(deals.deal_refs, []) as deal_refs,
        {{ clean('utm_source') }} as utm_source,
        {{ clean('utm_medium') }} as utm_medium,
        {{ clean('utm_campaign') }} as campaign,
        {{ clean('utm_term') }} as keyword,
        {{ clean('utm_content') }} as content,
        cast(null as varchar) as landing_page,
        cast(null as varchar) as click_id,
        created_time as created_at,
        moved_time as status_since,
        _load_id,
        _loaded_at
    from source
    left join deals using (source_name, id)
    left join statuses using (source_name, stage_id)
)

select * from renamed
