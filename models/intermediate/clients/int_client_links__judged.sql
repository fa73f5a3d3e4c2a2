-- One row per proposed link, with the reason why it does not hold: a cluster over 20, or a rule that keeps two apart.
with

links as (
    select * from {{ ref('int_client_links__proposed') }}
),

components as (
    select * from {{ ref('int_client_components__proposed') }}
),

records as (
    select client_record_id, coalesce(company_record_id, client_record_id) as seed_id
    from {{ ref('int_client_records__completed') }}
),

-- "Not the same" takes the second record out of every automatic join of the cluster that has both.
taken_out as (
    select distinct two.seed_id
    from {{ ref('stg_workspace__client_links') }} as apart
    inner join records as one on one.client_record_id = apart.client_record_id
    inner join records as two on two.client_record_id = apart.other_client_record_id
    inner join components as one_component on one_component.seed_id = one.seed_id
    inner join components as two_component on two_component.seed_id = two.seed_id
    where not apart.is_same and one_component.component = two_component.component
),

judged as (
    select
        links.*,
        case
            when links.rule = 'confirmed' then null
            when links.seed_id in (select seed_id from taken_out)
                or links.other_seed_id in (select seed_id from taken_out) then 'held apart by a rule'
            when components.seed_count > {{ var('largest_client_cluster') }} then 'cluster too large'
        end as refusal
    from links
    inner join components using (seed_id)
)

select * from judged
