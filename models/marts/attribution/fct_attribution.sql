with

shares as (
    select * from {{ ref('int_attribution__shared') }}
),

as_of as (
    select * from {{ ref('int_as_of__found') }}
),

final as (
    select
        concat_ws(':', strftime(shares.month_start, '%Y-%m'), shares.model, shares.channel) as attribution_id,
        cast(shares.model as varchar) as model,
        cast(shares.channel as varchar) as channel,
        cast(shares.conversions as double) as conversions,
        cast(shares.amount as decimal(18, 4)) as amount,
        cast(shares.month_start as timestamp) as month_start,
        as_of.as_of
    from shares
    cross join as_of
)

select * from final
