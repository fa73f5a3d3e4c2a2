{{ config(enabled=is_connected('sugarcrm')) }}
{{ sugar_contacts('sugarcrm') }}
