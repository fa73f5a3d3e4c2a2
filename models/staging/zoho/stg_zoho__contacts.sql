{{ config(enabled=is_connected('zoho')) }}
{{ usual_contacts(source('zoho', 'contacts')) }}
