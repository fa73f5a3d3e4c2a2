{{ config(enabled=is_connected('elma365'), materialized='ephemeral') }}
{{ usual_deal_lines(source('elma365', 'lines')) }}
