-- One row per deal that says itself where it came from: its campaign's marks, click id and visitor.
with

unioned as (
    select * from {{ ref('stg_bitrix24__deal_marks') }}
    union all by name
    select * from {{ ref('stg_files__deal_marks') }}
    {{ also_staged('deal_marks', '*') }}
)

select
    *,
    {{ marketing_channel('utm_source', 'utm_medium', 'click_id') }} as channel
from unioned
where coalesce(utm_source, utm_medium, click_id, landing_page, visitor_ref) is not null
