with

crm as (
    select
        calls.* exclude (_loaded_at, portal_number, activity_ref, deal_ref, contact_ref, company_ref, lead_ref),
        coalesce(calls.deal_ref, activities.deal_ref) as deal_ref,
        coalesce(calls.contact_ref, activities.contact_ref) as contact_ref,
        coalesce(calls.company_ref, activities.company_ref) as company_ref,
        coalesce(calls.lead_ref, activities.lead_ref) as lead_ref
    from {{ ref('stg_bitrix24__calls') }} as calls
    left join {{ ref('int_activities__unioned') }} as activities
        on activities.activity_id = calls.origin || ':' || calls.activity_ref
),

files as (
    select * exclude (_loaded_at) from {{ ref('stg_files__calls') }}
),

unioned as (
    select * from crm
    union all by name
    select * from files
    {{ also_staged('calls') }}
)

select * from unioned
