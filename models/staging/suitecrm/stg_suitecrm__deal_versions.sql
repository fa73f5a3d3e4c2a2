{{ config(enabled=is_connected('suitecrm')) }}
{{ usual_deal_versions(source('suitecrm', 'deals__history')) }}
