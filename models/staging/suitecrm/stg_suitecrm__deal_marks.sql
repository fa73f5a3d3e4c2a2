{{ config(enabled=is_connected('suitecrm')) }}
{{ own_deal_marks([
    own_fields(source('suitecrm', 'deals')),
    own_fields(source('suitecrm', 'leads'), deal_id='deal_id')
]) }}
