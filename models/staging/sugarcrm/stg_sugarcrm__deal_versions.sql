{{ config(enabled=is_connected('sugarcrm')) }}
{{ usual_deal_versions(source('sugarcrm', 'deals__history')) }}
