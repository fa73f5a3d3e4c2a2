{{ config(enabled=is_connected('suitecrm'), materialized='ephemeral') }}
with

-- An opportunity may have several quotes, of which one is bought.
quotes as (
    select source_name, id as parent_id, deal_id
    from {{ source('suitecrm', 'quotes') }}
    where not _deleted and {{ crm_id('deal_id') }} is not null
    qualify row_number() over (
        partition by source_name, deal_id
        order by
            case stage when 'Closed Accepted' then 0 when 'Closed Lost' then 2 when 'Closed Dead' then 2 else 1 end,
            created_at desc nulls last,
            id desc
    ) = 1
),

source as (
    select lines.*, deal_id, cast(null as varchar) as category
    from {{ source('suitecrm', 'lines') }} as lines
    inner join quotes using (source_name, parent_id)
    where parent_type = 'AOS_Quotes'
)

{{ usual_deal_lines('source') }}
