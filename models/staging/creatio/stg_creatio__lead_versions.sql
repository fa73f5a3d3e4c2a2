{{ config(enabled=is_connected('creatio')) }}
{{ lead_versions(source('creatio', 'leads__history'), changed='modified_on') }}
