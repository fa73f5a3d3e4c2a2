{{ config(enabled=is_connected('suitecrm')) }}
{{ usual_companies(source('suitecrm', 'companies')) }}
