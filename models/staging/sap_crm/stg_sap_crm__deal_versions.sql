{{ config(enabled=is_connected('sap_crm')) }}
{{ usual_deal_versions(source('sap_crm', 'deals__history')) }}
