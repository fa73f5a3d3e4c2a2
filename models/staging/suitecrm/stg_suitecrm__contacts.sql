{{ config(enabled=is_connected('suitecrm')) }}
{{ sugar_contacts('suitecrm') }}
