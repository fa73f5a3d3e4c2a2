{{ config(enabled=is_connected('suitecrm')) }}
{{ usual_departments(source('suitecrm', 'users')) }}
