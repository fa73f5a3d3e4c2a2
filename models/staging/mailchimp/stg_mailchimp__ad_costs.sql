{{ config(enabled=is_connected('mailchimp')) }}
with

source as (
    select * from {{ source('mailchimp', 'reports') }} where not _deleted
),

-- Letters sent are what impressions are to advertising; nobody says what they cost.
renamed as (
    select
        {{ source_key('source_name', 'id') }} as ad_cost_id,
        source_name as origin,
        'Email' as channel,
        'mailchimp' as utm_source,
        'email' as utm_medium,
        coalesce({{ clean('title') }}, {{ clean('subject') }}) as campaign,
        {{ clean('id') }} as campaign_ref,
        {{ clean('list_name') }} as ad_group,
        cast(null as varchar) as keyword,
        cast(null as varchar) as landing_page,
        emails_sent as impressions,
        clicks,
        cast(null as decimal(18, 4)) as cost,
        cast(null as varchar) as currency,
        cast(sent_at as date) as cost_on,
        _load_id,
        _loaded_at
    from source
    where sent_at is not null
)

select * from renamed
