{{ config(enabled=is_connected('sugarcrm')) }}
{{ sugar_stages('sugarcrm') }}
