{{ config(enabled=is_connected('sugarcrm')) }}
{{ sugar_people('sugarcrm') }}
