with

source as (
    select * from {{ source('files', 'deals') }} where not _deleted
),

renamed as (
    select
        {{ source_key('source_name', "trim(deal_id)") }} as deal_id,
        source_name as origin,
        trim(deal_id) as source_deal_id,
        {{ clean('source_url') }} as source_url,
        {{ clean('title') }} as title,
        coalesce({{ clean('pipeline') }}, 'default') as pipeline_ref,
        {{ clean('stage') }} as stage_ref,
        {{ clean('status') }} as status_word,
        {{ clean('owner') }} as owner_ref,
        {{ clean('company') }} as company_ref,
        {{ clean('contact') }} as contact_ref,
        {{ clean('product') }} as product_ref,
        {{ clean('source') }} as lead_source_ref,
        {{ clean('branch') }} as branch,
        upper({{ clean('currency') }}) as currency,
        {{ clean('lost_reason') }} as lost_reason,
        cast(null as varchar) as note,
        amount,
        amount_net,
        amount_paid,
        cost,
        created_at,
        closed_at,
        paid_at,
        completed_at,
        cast(expected_close_on as date) as expected_close_on,
        updated_at,
        _load_id,
        _loaded_at
    from source
)

select * from renamed
