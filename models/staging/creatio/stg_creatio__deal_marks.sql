{{ config(enabled=is_connected('creatio')) }}
{{ own_deal_marks([
    own_fields(source('creatio', 'deals')),
    own_fields(source('creatio', 'leads'), deal_id='deal_id', address='address')
]) }}
