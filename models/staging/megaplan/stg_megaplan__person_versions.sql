{{ config(enabled=is_connected('megaplan')) }}
{{ usual_person_versions(source('megaplan', 'users__history')) }}
