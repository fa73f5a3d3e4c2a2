{{ config(enabled=is_connected('dynamics')) }}
{{ lead_versions(source('dynamics', 'leads__history'), changed='modified_on') }}
