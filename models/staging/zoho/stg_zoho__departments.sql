{{ config(enabled=is_connected('zoho')) }}
{{ usual_departments(source('zoho', 'users')) }}
