{{ config(enabled=is_connected('zoho')) }}
with

versions as (
    {{ lead_versions(source('zoho', 'leads__history')) }}
    union all
    {{ lead_versions(source('zoho', 'converted_leads__history')) }}
)

-- A lead that one load saw in both lists was converted between them: what took it off the first one is no version.
select *
from versions
qualify row_number() over (partition by lead_id, _load_id order by _op = 'delete', updated_at desc) = 1
