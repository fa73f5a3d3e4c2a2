{{ config(enabled=is_connected('sap')) }}
{{ lead_versions(source('sap', 'leads__history'), changed='changed_on') }}
