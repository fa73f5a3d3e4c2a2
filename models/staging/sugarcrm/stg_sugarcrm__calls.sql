{{ config(enabled=is_connected('sugarcrm')) }}
{{ sugar_calls('sugarcrm') }}
