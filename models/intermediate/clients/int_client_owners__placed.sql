-- One row per client record: its client, its owner now and that owner's department now.
with

records as (
    select client_record_id, owner_id from {{ ref('int_client_records__completed') }}
),

placed as (
    select
        records.client_record_id,
        identities.client_id,
        records.owner_id as client_owner_id,
        coalesce(departments.department_id, 'unknown') as client_department_id
    from records
    inner join {{ ref('int_clients__identities_merged') }} as identities using (client_record_id)
    left join {{ ref('int_manager_departments__intervals_built') }} as departments
        on departments.manager_id = records.owner_id and departments.valid_to is null
)

select * from placed
