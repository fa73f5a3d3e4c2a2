{{ config(enabled=is_connected('suitecrm')) }}
{{ sugar_deals('suitecrm') }}
