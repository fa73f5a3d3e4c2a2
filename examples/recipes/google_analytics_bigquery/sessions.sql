-- Sessions of the last 90 days, one row each, as CSV in a bucket. Name the bucket, the project and the property.
export data options (uri = 'gs://YOUR-BUCKET/sessions_*.csv', format = 'CSV', header = true, overwrite = true) as
with events as (
  select
    user_pseudo_id,
    (select value.int_value from unnest(event_params) where key = 'ga_session_id') as session,
    (select value.string_value from unnest(event_params) where key = 'page_location') as page,
    event_timestamp,
    session_traffic_source_last_click.manual_campaign as campaign,
    collected_traffic_source.gclid as click,
    ecommerce.transaction_id as deal
  from `YOUR-PROJECT.analytics_123456789.events_*`
  where _table_suffix between format_date('%Y%m%d', date_sub(current_date(), interval 90 day))
    and format_date('%Y%m%d', current_date())
),
sessions as (
  select
    user_pseudo_id as visitor,
    session,
    min(event_timestamp) as began,
    array_agg(campaign ignore nulls order by event_timestamp limit 1)[safe_offset(0)] as campaign,
    array_agg(page ignore nulls order by event_timestamp limit 1)[safe_offset(0)] as landing_page,
    max(click) as click_id,
    max(nullif(deal, '(not set)')) as deal
  from events
  where user_pseudo_id is not null and session is not null
  group by visitor, session
)
select
  concat(visitor, '.', cast(session as string)) as session_id,
  visitor,
  format_timestamp('%Y-%m-%dT%H:%M:%SZ', timestamp_micros(began)) as started_at,
  nullif(campaign.source, '(direct)') as source,
  nullif(campaign.medium, '(none)') as medium,
  nullif(campaign.campaign_name, '(direct)') as campaign,
  campaign.term as term,
  campaign.content as content,
  landing_page,
  click_id,
  coalesce(campaign.source, '(direct)') = '(direct)' and click_id is null as is_direct,
  deal
from sessions
