{{ lead_versions(source('bitrix24', 'leads__history'), owner='assigned_by_id', changed='updated_time') }}
