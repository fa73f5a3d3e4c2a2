{{ config(enabled=is_connected('salesforce')) }}
{{ lead_versions(source('salesforce', 'leads__history'), changed='updated_at') }}
