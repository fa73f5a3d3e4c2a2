{{ config(enabled=is_connected('suitecrm')) }}
{{ sugar_activities('suitecrm') }}
