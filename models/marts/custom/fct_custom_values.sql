with

fields as (
    select * from {{ ref('stg_workspace__custom_fields') }}
),

settings as (
    select timezone, currency as company_currency from {{ ref('stg_workspace__company_settings') }}
),

prices as (
    select deal_id, currency, rate from {{ ref('int_deal_amounts__converted') }}
),

-- Money is in the currency that is written beside it, else in that of its deal, else in the company's.
read as (
    select
        fields.subject,
        fields.field_key,
        fields.label,
        fields.value_type,
        found.*,
        {{ local_time('found.moment', 'settings.timezone') }} as local_moment,
        case
            when coalesce(found.currency, prices.currency, settings.company_currency) = settings.company_currency then 1
            when found.currency is null or found.currency = prices.currency then prices.rate
        end as rate
    from {{ ref('stg_embut__custom_values') }} as found
    inner join fields on fields.field_id = found.field_id
    cross join settings
    left join prices on prices.deal_id = found.record_id and fields.subject = 'deals'
),

typed as (
    select
        subject || ':' || field_key || ':' || record_id as custom_value_id,
        subject,
        field_key,
        record_id,
        origin,
        label,
        text_value as written_value,
        case when value_type in ('text', 'list') then text_value end as text_value,
        cast(case
            when value_type = 'number' and currency is null then number_value
            when value_type = 'money' then number_value * rate
        end as decimal(18, 4)) as number_value,
        case when value_type = 'boolean' then is_true end as is_true,
        case value_type
            when 'date' then date_trunc('day', coalesce(written_at, local_moment))
            when 'datetime' then coalesce(local_moment, written_at)
        end as value_at_local
    from read
),

final as (
    select
        *,
        coalesce(cast(number_value as varchar), text_value, cast(is_true as varchar), cast(value_at_local as varchar))
            is not null as is_fit
    from typed
    order by subject, field_key
)

select * from final
