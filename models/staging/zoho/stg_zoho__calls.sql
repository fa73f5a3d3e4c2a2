{{ config(enabled=is_connected('zoho')) }}
with

source as (
    select
        *,
        what_id as deal_id,
        what_id as company_id,
        who_id as contact_id,
        case kind when 'Outbound' then 'out' else 'in' end as direction,
        subject as topic,
        {{ seconds_of('duration') }} as seconds
    from {{ source('zoho', 'calls') }}
)

{{ usual_calls('source') }}
