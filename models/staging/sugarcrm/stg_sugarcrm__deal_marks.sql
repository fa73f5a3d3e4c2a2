{{ config(enabled=is_connected('sugarcrm')) }}
{{ own_deal_marks([
    own_fields(source('sugarcrm', 'deals')),
    own_fields(source('sugarcrm', 'leads'), deal_id='deal_id')
]) }}
