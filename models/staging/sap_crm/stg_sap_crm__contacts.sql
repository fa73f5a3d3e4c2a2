{{ config(enabled=is_connected('sap_crm')) }}
with

-- An account that is a person counts as a contact of its own.
source as (
    select source_name, _deleted, _load_id, _loaded_at, id, name, company_id, phones, emails, owner_id, created_at
    from {{ source('sap_crm', 'contacts') }}
    union all by name
    select source_name, _deleted, _load_id, _loaded_at, id, name, cast(null as varchar) as company_id, phones, emails, owner_id, created_at
    from {{ source('sap_crm', 'companies') }}
    where category = '1'
)

{{ usual_contacts('source') }}
