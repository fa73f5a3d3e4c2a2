{{ config(enabled=is_connected('salesforce')) }}
with

source as (
    select
        * exclude (name),
        name as title,
        coalesce({{ clean('name') }}, {{ clean('company') }}) as name,
        list_distinct(list_filter([{{ clean('phone') }}, {{ clean('mobile_phone') }}], lambda each : each is not null))
            as phones,
        list_filter([lower({{ clean('email') }})], lambda each : each is not null) as emails,
        case when is_converted then 'converted' else {{ lead_outcome('status') }} end as outcome,
        {{ lead_deals('deal_id') }} as deal_refs,
        custom as own,
        cast(null as varchar) as address,
        case when deal_id is null and is_converted then {{ moment_of_day('converted_on', 'updated_at') }}
            when deal_id is null then updated_at end as status_since
    from {{ source('salesforce', 'leads') }}
)

{{ usual_leads('source') }}
