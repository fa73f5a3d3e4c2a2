-- One row per company and contact that a source lists, and per lead that names neither them nor a deal.
with

crm_companies as (
    select client_record_id, origin, source_client_id, 'company' as kind, client_name, cast(null as varchar) as company_ref,
        phones, emails, sector, city, cast(null as varchar) as country, cast(null as boolean) as has_consent,
        owner_ref, created_at, 1 as source_rank, cast(null as varchar) as source_url, cast(null as varchar) as link_id
    from {{ ref('stg_bitrix24__companies') }}
),

crm_contacts as (
    select client_record_id, origin, source_client_id, 'contact' as kind, client_name, company_ref,
        phones, emails, owner_ref, created_at, 1 as source_rank
    from {{ ref('stg_bitrix24__contacts') }}
),

file_companies as (
    select client_record_id, origin, source_client_id, 'company' as kind, client_name,
        case when phone is null then [] else [phone] end as phones,
        case when email is null then [] else [email] end as emails,
        sector, city, country, owner_ref, created_at, 2 as source_rank
    from {{ ref('stg_files__companies') }}
),

file_contacts as (
    select client_record_id, origin, source_client_id, 'contact' as kind, client_name, company_ref,
        case when phone is null then [] else [phone] end as phones,
        case when email is null then [] else [email] end as emails,
        has_consent, owner_ref, created_at, 2 as source_rank
    from {{ ref('stg_files__contacts') }}
),

-- Who asked and became nobody's contact yet is known by the lead alone.
leads as (
    select lead_id as client_record_id, origin, source_lead_id as source_client_id, 'lead' as kind, client_name,
        phones, emails, owner_ref, created_at, 3 as source_rank, source_url
    from {{ ref('int_leads__unioned') }}
    where company_ref is null and contact_ref is null and len(deal_refs) = 0
        and (client_name is not null or len(phones) + len(emails) > 0)
),

unioned as (
    select * from crm_companies
    union all by name
    select * from crm_contacts
    union all by name
    select * from file_companies
    union all by name
    select * from file_contacts
    {{ also_staged('companies', "* exclude (_load_id, _loaded_at), 'company' as kind, 1 as source_rank") }}
    {{ also_staged('contacts', "* exclude (_load_id, _loaded_at), 'contact' as kind, 1 as source_rank") }}
    union all by name
    select * from leads
),

links as (
    select * from {{ ref('stg_workspace__record_links') }}
),

addressed as (
    select
        unioned.* exclude (source_url, link_id),
        {{ record_address('links.pattern', 'coalesce(unioned.link_id, unioned.source_client_id)', 'unioned.source_url') }}
            as source_url
    from unioned
    left join links
        on links.origin = unioned.origin and links.entity = case unioned.kind when 'company' then 'companies' when 'contact' then 'contacts' end
)

select * from addressed
