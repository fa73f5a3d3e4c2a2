{{ config(enabled=is_connected('suitecrm')) }}
{{ sugar_people('suitecrm') }}
