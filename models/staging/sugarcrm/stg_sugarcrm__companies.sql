{{ config(enabled=is_connected('sugarcrm')) }}
{{ usual_companies(source('sugarcrm', 'companies')) }}
