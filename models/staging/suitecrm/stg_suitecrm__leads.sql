{{ config(enabled=is_connected('suitecrm')) }}
{{ sugar_leads('suitecrm') }}
