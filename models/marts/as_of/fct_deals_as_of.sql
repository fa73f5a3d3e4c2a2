select * from {{ ref('int_deals__known') }}
