{{ config(enabled=is_connected('megaplan')) }}
{{ usual_deal_versions(source('megaplan', 'deals__history')) }}
