{{ config(enabled=is_connected('hubspot')) }}
{# What the service's own words for the source mean; its two details are other things for each. #}
{% set told -%}
    json_object(
        'utm_source', case
            when source = 'ORGANIC_SEARCH' then source_detail_2
            when source in ('SOCIAL_MEDIA', 'PAID_SOCIAL', 'REFERRALS') then source_detail
            when source = 'DIRECT_TRAFFIC' then '(direct)' end,
        'utm_medium', case source
            when 'PAID_SEARCH' then 'cpc'
            when 'PAID_SOCIAL' then 'paid social'
            when 'ORGANIC_SEARCH' then 'organic'
            when 'SOCIAL_MEDIA' then 'social'
            when 'EMAIL_MARKETING' then 'email'
            when 'REFERRALS' then 'referral'
            when 'DIRECT_TRAFFIC' then '(none)' end,
        'utm_campaign', case
            when source in ('PAID_SEARCH', 'EMAIL_MARKETING', 'OTHER_CAMPAIGNS') then source_detail
            when source in ('SOCIAL_MEDIA', 'PAID_SOCIAL') then source_detail_2 end,
        'utm_term', case source when 'PAID_SEARCH' then source_detail_2 end
    )
{%- endset %}
{{ own_deal_marks([
    own_fields(source('hubspot', 'deals'), own='custom'),
    own_fields(source('hubspot', 'deals'), own=told)
]) }}
