{{ config(enabled=is_connected('suitecrm')) }}
{{ usual_person_versions(source('suitecrm', 'users__history')) }}
