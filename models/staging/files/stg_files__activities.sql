with

source as (
    select * from {{ source('files', 'activities') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(activity_id)") }} as activity_id,
        source_name as origin,
        {{ clean('kind') }} as kind,
        {{ clean('subject') }} as subject,
        'out' as direction,
        {{ clean('owner') }} as owner_ref,
        {{ clean('deal') }} as deal_ref,
        {{ clean('contact') }} as contact_ref,
        {{ clean('company') }} as company_ref,
        coalesce(is_completed, completed_at is not null) as is_completed,
        created_at,
        due_at,
        completed_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed
