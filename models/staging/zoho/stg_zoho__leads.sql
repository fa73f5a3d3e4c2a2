{{ config(enabled=is_connected('zoho')) }}
with

converted as (
    select * from {{ source('zoho', 'converted_leads') }} where not _deleted
),

-- Between the reading of the two lists a lead may be converted, and be in both until the next load.
all_leads as (
    select *, 'converted' as outcome from converted
    union all by name
    select leads.*, {{ lead_outcome('leads.status') }} as outcome
    from {{ source('zoho', 'leads') }} as leads
    anti join converted on converted.source_name = leads.source_name and converted.id = leads.id
),

source as (
    select
        * replace ({{ json_list('phones') }} as phones, {{ json_list('emails') }} as emails),
        company as title,
        {{ lead_deals('deal_id') }} as deal_refs,
        _extra as own,
        cast(null as varchar) as address,
        coalesce(converted_at, updated_at) as status_since
    from all_leads
)

{{ usual_leads('source') }}
