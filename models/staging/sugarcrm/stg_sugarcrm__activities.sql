{{ config(enabled=is_connected('sugarcrm')) }}
{{ sugar_activities('sugarcrm') }}
