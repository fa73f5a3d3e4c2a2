with

source as (
    select * from {{ source('bitrix24', 'deals') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as deal_id,
        {{ clean('utm_source') }} as utm_source,
        {{ clean('utm_medium') }} as utm_medium,
        {{ clean('utm_campaign') }} as campaign,
        cast(null as varchar) as keyword,
        cast(null as varchar) as content,
        cast(null as varchar) as landing_page,
        cast(null as varchar) as click_id,
        cast(null as varchar) as visitor_ref
    from source
    where coalesce(utm_source, utm_medium, utm_campaign) is not null
)

select * from renamed
