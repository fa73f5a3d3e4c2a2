{{ config(enabled=is_connected('suitecrm')) }}
{{ lead_versions(source('suitecrm', 'leads__history'), changed='updated_at') }}
