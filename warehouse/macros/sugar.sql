{#
    SugarCRM, and SuiteCRM that came from it: one set of raw columns and of words. There is one pipeline; stages have
    names alone, in the order in which the product comes, and those of your own stand behind them by name.
#}
{% macro sugar_outcome(stage) -%}
    case when {{ stage }} ilike '%won%' then 'won' when {{ stage }} ilike '%lost%' then 'lost' else 'open' end
{%- endmacro %}

{# What a task, a meeting or a call is about. #}
{% macro sugar_parents() -%}
    case parent_type when 'Opportunities' then parent_id end as deal_id,
        case parent_type when 'Accounts' then parent_id end as company_id,
        case parent_type when 'Leads' then parent_id end as lead_id,
        coalesce(case parent_type when 'Contacts' then parent_id end, contact_id) as contact_id
{%- endmacro %}

{% macro sugar_people(connector) %}
with

source as (
    select
        * exclude (name),
        coalesce({{ clean("concat_ws(' ', first_name, last_name)") }}, {{ clean('name') }}) as name,
        coalesce(status <> 'Inactive' and status <> 'Terminated', true) as is_active
    from {{ source(connector, 'users') }}
)

{{ usual_people('source') }}
{% endmacro %}

{% macro sugar_contacts(connector) %}
with

source as (
    select *, concat_ws(' ', first_name, last_name) as name from {{ source(connector, 'contacts') }}
)

{{ usual_contacts('source') }}
{% endmacro %}

{% macro sugar_stages(connector) %}
with

named as (
    select source_name, {{ clean('stage') }} as stage, max(_load_id) as _load_id, max(_loaded_at) as _loaded_at
    from {{ source(connector, 'deals') }}
    where not _deleted and {{ clean('stage') }} is not null
    group by all
),

source as (
    select
        named.*,
        false as _deleted,
        '0' as pipeline_ref,
        'Opportunities' as pipeline,
        stage as stage_ref,
        stage as name,
        coalesce(list_position([
            'Prospecting', 'Qualification', 'Needs Analysis', 'Value Proposition', 'Id. Decision Makers',
            'Perception Analysis', 'Proposal/Price Quote', 'Negotiation/Review'
        ], stage), case when {{ sugar_outcome('stage') }} = 'open' then 50 else 100 end) * 100
            + row_number() over (partition by source_name order by stage) as number,
        {{ sugar_outcome('stage') }} as outcome
    from named
)

{{ usual_stages('source') }}
{% endmacro %}

{#
    `currencies`: a relation of source_name, currency_id and its code as `currency`; a deal in none of them is in the
    company's. `entries`: a relation of source_name, id, stage and when a deal last entered it as `closed_at`; null where
    none is kept.
#}
{% macro sugar_deals(connector, currencies, entries=none) %}
with

currencies as (
    {{ currencies }}
),

source as (
    select
        deals.*,
        '0' as pipeline_ref,
        deals.stage as stage_ref,
        {{ sugar_outcome('deals.stage') }} as outcome,
        cast(null as varchar) as product,
        currencies.currency,
        {% if entries is none %}cast(null as timestamp) as closed_at,{% else %}entries.closed_at,{% endif %}
        deals.closing_on as close_on
    from {{ source(connector, 'deals') }} as deals
    left join currencies using (source_name, currency_id)
    {% if entries is not none %}
    left join ({{ entries }}) as entries
        on entries.source_name = deals.source_name and entries.id = deals.id and entries.stage = deals.stage
    {% endif %}
)

{{ usual_deals('source') }}
{% endmacro %}

{% macro sugar_activities(connector) %}
with

tables as (
    select *, 'task' as kind from {{ source(connector, 'tasks') }}
    union all by name
    select *, 'meeting' as kind from {{ source(connector, 'meetings') }}
),

source as (
    select
        * exclude (contact_id),
        {{ sugar_parents() }},
        status in ('Completed', 'Held') as is_done,
        updated_at as completed_at
    from tables
)

{{ usual_activities('source', lead='lead_id') }}
{% endmacro %}

{# Whole minutes are kept of a call's length, and no number. #}
{% macro sugar_calls(connector) %}
with

source as (
    select
        * exclude (contact_id, direction),
        {{ sugar_parents() }},
        cast(null as varchar) as phone,
        case direction when 'Inbound' then 'in' when 'Outbound' then 'out' end as direction,
        subject as topic,
        case when status = 'Held' then (coalesce(hours, 0) * 60 + coalesce(minutes, 0)) * 60 else 0 end as seconds
    from {{ source(connector, 'calls') }}
)

{{ usual_calls('source', lead='lead_id') }}
{% endmacro %}

{% macro sugar_leads(connector) %}
with

source as (
    select
        * exclude (phones, emails),
        cast(null as varchar) as title,
        coalesce({{ clean("concat_ws(' ', first_name, last_name)") }}, {{ clean('company') }}) as name,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        {{ lead_outcome('status') }} as outcome,
        {{ lead_deals('deal_id') }} as deal_refs,
        _extra as own,
        cast(null as varchar) as address,
        case when {{ crm_id('deal_id') }} is null then updated_at end as status_since
    from {{ source(connector, 'leads') }}
)

{{ usual_leads('source') }}
{% endmacro %}
