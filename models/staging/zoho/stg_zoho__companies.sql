{{ config(enabled=is_connected('zoho')) }}
{{ usual_companies(source('zoho', 'companies')) }}
