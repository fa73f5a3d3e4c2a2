with

shares as (
    select * from {{ ref('int_attribution__shared') }}
),

-- As in what was spent, a campaign has one name, whatever its marks call it.
campaigns as (
    {{ campaign_names() }}
),

as_of as (
    select * from {{ ref('int_as_of__found') }}
),

named as (
    select
        shares.month_start,
        shares.model,
        shares.channel,
        coalesce(campaigns.campaign, nullif(shares.campaign, '')) as campaign,
        nullif(shares.landing_page, '') as landing_page,
        nullif(shares.keyword, '') as keyword,
        sum(shares.conversions) as conversions,
        sum(shares.amount) as amount
    from shares
    left join campaigns
        on campaigns.channel_word = {{ normal('shares.channel') }} and campaigns.word = {{ normal('shares.campaign') }}
    group by all
),

final as (
    select
        concat_ws(
            ':', strftime(named.month_start, '%Y-%m'), named.model, named.channel,
            md5(cast(row(named.campaign, named.landing_page, named.keyword) as varchar))
        ) as attribution_id,
        cast(named.model as varchar) as model,
        cast(named.channel as varchar) as channel,
        named.campaign,
        named.landing_page,
        named.keyword,
        cast(named.conversions as double) as conversions,
        cast(named.amount as decimal(18, 4)) as amount,
        cast(named.month_start as timestamp) as month_start,
        as_of.as_of
    from named
    cross join as_of
)

select * from final
