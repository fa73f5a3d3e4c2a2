{{ config(enabled=is_connected('dynamics')) }}
with

source as (
    select * from {{ source('dynamics', 'activities') }} where not _deleted and coalesce(kind, '') <> 'phonecall'
),

renamed as (
    select
        {{ source_key('source_name', 'id') }} as activity_id,
        source_name as origin,
        case kind when 'appointment' then 'meeting' when 'email' then 'email' when 'task' then 'task' else 'other' end as kind,
        {{ clean('subject') }} as subject,
        owner_id as owner_ref,
        case when regarding_kind = 'opportunity' then regarding_id end as deal_ref,
        case when regarding_kind = 'contact' then regarding_id end as contact_ref,
        case when regarding_kind = 'account' then regarding_id end as company_ref,
        case when regarding_kind = 'lead' then regarding_id end as lead_ref,
        coalesce(state = 1, false) as is_completed,
        created_on as created_at,
        due_at,
        completed_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed
