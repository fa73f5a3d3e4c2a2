{{ config(enabled=is_connected('zoho')) }}
{{ usual_person_versions(source('zoho', 'users__history')) }}
