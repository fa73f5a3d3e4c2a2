{{ config(enabled=is_connected('sugarcrm')) }}
{{ lead_versions(source('sugarcrm', 'leads__history'), changed='updated_at') }}
