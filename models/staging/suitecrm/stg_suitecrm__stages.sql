{{ config(enabled=is_connected('suitecrm')) }}
{{ sugar_stages('suitecrm') }}
