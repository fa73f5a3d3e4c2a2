{{ config(enabled=is_connected('salesforce')) }}
{{ own_deal_marks([
    own_fields(source('salesforce', 'deals'), own='custom'),
    own_fields(source('salesforce', 'leads'), deal_id='deal_id', own='custom')
]) }}
