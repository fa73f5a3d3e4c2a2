{{ config(enabled=is_connected('zoho')) }}
{{ usual_deal_versions(source('zoho', 'deals__history')) }}
