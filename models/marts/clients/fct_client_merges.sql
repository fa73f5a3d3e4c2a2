with

links as (
    select * from {{ ref('int_client_links__judged') }} where refusal is null
),

final as (
    select
        links.rule || ':' || links.client_record_id || '=' || links.other_client_record_id
            || ':' || {{ digest('links.evidence') }} as merge_id,
        links.client_record_id,
        links.other_client_record_id,
        links.rule,
        links.evidence,
        identities.client_id
    from links
    inner join {{ ref('int_clients__identities_merged') }} as identities using (client_record_id)
)

select * from final
