{{ config(enabled=is_connected('elma365')) }}
{{ usual_deal_versions(source('elma365', 'deals__history')) }}
