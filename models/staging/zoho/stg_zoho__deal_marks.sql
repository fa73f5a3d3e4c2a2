{{ config(enabled=is_connected('zoho')) }}
{{ own_deal_marks([own_fields(source('zoho', 'deals'), own='custom')]) }}
