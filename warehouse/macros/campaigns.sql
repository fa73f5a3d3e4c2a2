{# One row per channel and word that its marks have for a campaign: the name of the campaign, also where the word is its number. #}
{% macro campaign_names() %}
    select {{ normal('channel') }} as channel_word, {{ normal('word') }} as word, max(campaign) as campaign
    from (
        select channel, campaign as word, campaign from {{ ref('fct_ad_costs') }}
        union all
        select channel, campaign_ref, arg_max(campaign, cost_on) from {{ ref('fct_ad_costs') }} group by channel, campaign_ref
    )
    where word is not null and campaign is not null
    group by all
{% endmacro %}
