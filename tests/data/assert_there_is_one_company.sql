-- Settings have exactly one row: without it every mart would be empty, with two every number would be doubled.
-- A row here means that the workspace was not synced, or was synced twice.
select count(*) as companies
from {{ ref('stg_workspace__company_settings') }}
having count(*) <> 1
