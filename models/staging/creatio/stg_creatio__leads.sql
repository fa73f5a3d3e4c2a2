{{ config(enabled=is_connected('creatio')) }}
with

lead_sources as (
    select source_name, id as source_id, {{ clean('name') }} as source from {{ source('creatio', 'lead_sources') }}
),

-- Steps of a lead have ids that every installation shares, under names of its own.
source as (
    select
        leads.* exclude (name),
        leads.name as title,
        coalesce({{ clean('contact_name') }}, {{ clean('account_name') }}) as name,
        list_filter([{{ clean('phone') }}], lambda each : each is not null) as phones,
        list_filter([lower({{ clean('email') }})], lambda each : each is not null) as emails,
        lead_sources.source,
        statuses.name as status,
        case lower(status_id)
            when '0a0808c5-5415-41f0-bea3-118cc3089959' then 'converted'
            when '128c3718-771a-4d1e-9035-6fa135ca5f70' then 'lost'
            when '51adc3ec-3503-4b10-a00b-8be3b0e11f08' then 'lost'
            else 'open'
        end as outcome,
        {{ lead_deals('deal_id') }} as deal_refs,
        leads._extra as own,
        leads.created_on as created_at,
        case when deal_id is null then modified_on end as status_since
    from {{ source('creatio', 'leads') }} as leads
    left join lead_sources using (source_name, source_id)
    left join (select source_name, id as status_id, name from {{ source('creatio', 'lead_statuses') }}) as statuses
        using (source_name, status_id)
)

{{ usual_leads('source') }}
