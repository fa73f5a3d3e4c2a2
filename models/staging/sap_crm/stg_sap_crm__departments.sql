{{ config(enabled=is_connected('sap_crm')) }}
{{ usual_departments(source('sap_crm', 'users')) }}
