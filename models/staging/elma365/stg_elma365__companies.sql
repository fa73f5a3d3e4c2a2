{{ config(enabled=is_connected('elma365')) }}
{{ usual_companies(source('elma365', 'companies')) }}
