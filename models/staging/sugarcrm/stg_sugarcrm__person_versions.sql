{{ config(enabled=is_connected('sugarcrm')) }}
{{ usual_person_versions(source('sugarcrm', 'users__history')) }}
