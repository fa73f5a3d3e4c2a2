-- Won, lost, open and ignored deals together are all deals, and every deal of the sources is among them.
-- A row here means that a total by status does not match the number of deals.
with

counted as (
    select
        count(*) as all_deals,
        sum(case when is_won then 1 else 0 end) + sum(case when is_lost then 1 else 0 end)
            + sum(case when is_open then 1 else 0 end) + sum(case when status = 'ignored' then 1 else 0 end) as by_status
    from {{ ref('fct_deals') }}
),

landed as (
    select
        (select count(*) from {{ ref('stg_files__deals') }}) + (select count(*) from {{ ref('stg_bitrix24__deals') }}) {{ also_counted('deals') }}
            as source_deals
)

select * from counted cross join landed
where all_deals <> coalesce(by_status, 0) or all_deals <> source_deals
