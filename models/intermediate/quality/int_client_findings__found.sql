-- One row per doubt about clients: shared identifiers that join nothing, clusters not merged, unusable phones.
with

listed as (
    select * from {{ ref('int_client_findings__listed') }}
),

records as (
    select client_record_id, client_name, origin from {{ ref('int_client_records__completed') }}
),

owners as (
    select client_record_id, client_owner_id, client_department_id from {{ ref('int_client_owners__placed') }}
),

found as (
    select
        listed.check_name,
        listed.severity,
        'client' as entity,
        listed.record_key,
        min(records.client_name) as record_label,
        listed.value,
        case when count(*) > 1 then
            array_to_string(list_slice(list(listed.client_record_id order by listed.client_record_id), 1, 5), ', ')
        end as suggestion,
        listed.message,
        min(records.origin) as origin,
        count(*) as found_rows,
        case when count(distinct owners.client_owner_id) = 1 then min(owners.client_owner_id) end as owner_id,
        case when count(distinct owners.client_department_id) = 1 then min(owners.client_department_id) end
            as department_id
    from listed
    inner join records using (client_record_id)
    inner join owners using (client_record_id)
    group by listed.check_name, listed.severity, listed.record_key, listed.value, listed.message
)

select * from found
