{{ config(enabled=is_connected('sugarcrm')) }}
{{ sugar_leads('sugarcrm') }}
