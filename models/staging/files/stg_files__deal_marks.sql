with

source as (
    select * from {{ source('files', 'deals') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(deal_id)") }} as deal_id,
        {{ clean('utm_source') }} as utm_source,
        {{ clean('utm_medium') }} as utm_medium,
        {{ clean('utm_campaign') }} as campaign,
        {{ clean('utm_term') }} as keyword,
        {{ clean('utm_content') }} as content,
        {{ page_of('landing_page') }} as landing_page,
        {{ clean('click_id') }} as click_id,
        {{ clean('visitor') }} as visitor_ref
    from source
    where coalesce(utm_source, utm_medium, utm_campaign, landing_page, click_id, visitor) is not null
)

select * from renamed
