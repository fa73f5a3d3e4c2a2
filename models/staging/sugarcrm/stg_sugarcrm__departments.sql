{{ config(enabled=is_connected('sugarcrm')) }}
{{ usual_departments(source('sugarcrm', 'users')) }}
