with

deals as (
    select * from {{ source('bitrix24', 'deals') }} where not _deleted
),

leads as (
    select
        source_name,
        id as lead_id,
        utm_source as lead_utm_source,
        utm_medium as lead_utm_medium,
        utm_campaign as lead_utm_campaign,
        utm_term as lead_utm_term,
        utm_content as lead_utm_content
    from {{ source('bitrix24', 'leads') }}
    where not _deleted
),

-- The marks of one record are one click: those of the lead only count where the deal has none.
marked as (
    select
        deals.*,
        leads.* exclude (source_name, lead_id),
        coalesce(utm_source, utm_medium, utm_campaign) is not null as is_own
    from deals
    left join leads using (source_name, lead_id)
),

renamed as (
    select
        {{ source_key('source_name', "trim(cast(id as varchar))") }} as deal_id,
        {{ clean('case when is_own then utm_source else lead_utm_source end') }} as utm_source,
        {{ clean('case when is_own then utm_medium else lead_utm_medium end') }} as utm_medium,
        {{ clean('case when is_own then utm_campaign else lead_utm_campaign end') }} as campaign,
        {{ clean('case when is_own then utm_term else lead_utm_term end') }} as keyword,
        {{ clean('case when is_own then utm_content else lead_utm_content end') }} as content,
        cast(null as varchar) as landing_page,
        cast(null as varchar) as click_id,
        cast(null as varchar) as visitor_ref
    from marked
    where is_own or coalesce(lead_utm_source, lead_utm_medium, lead_utm_campaign) is not null
)

select * from renamed
