{{ config(enabled=is_connected('sap_crm')) }}
{{ usual_person_versions(source('sap_crm', 'users__history')) }}
