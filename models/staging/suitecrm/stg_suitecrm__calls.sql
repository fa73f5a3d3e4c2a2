{{ config(enabled=is_connected('suitecrm')) }}
{{ sugar_calls('suitecrm') }}
