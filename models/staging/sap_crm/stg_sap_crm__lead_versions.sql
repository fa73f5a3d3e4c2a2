{{ config(enabled=is_connected('sap_crm')) }}
{{ lead_versions(source('sap_crm', 'leads__history'), changed='updated_at') }}
