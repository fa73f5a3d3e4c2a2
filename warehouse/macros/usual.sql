{#
    Staging of CRMs whose raw tables have the usual columns. `from` is a relation or a common table expression with
    source_name, _deleted, _load_id, _loaded_at (histories: _op) and the columns that each macro names; JSON lists for
    phones and emails.
#}

{# id, name, email, extension, department_id, is_active #}
{% macro usual_people(from) -%}
    select
        {{ source_key('source_name', 'id') }} as person_id,
        source_name as origin,
        id as source_person_id,
        {{ clean('name') }} as person_name,
        lower({{ clean('email') }}) as email,
        {{ clean('extension') }} as extension,
        {{ clean('department_id') }} as department_ref,
        coalesce(is_active, true) as is_active,
        _load_id,
        _loaded_at
    from {{ from }}
    where not _deleted
{%- endmacro %}

{# id, department_id, updated_at: of the history of people #}
{% macro usual_person_versions(from) -%}
    select
        {{ source_key('source_name', 'id') }} as person_id,
        source_name as origin,
        {{ clean('department_id') }} as department_ref,
        updated_at,
        _op,
        _load_id,
        _loaded_at
    from {{ from }}
{%- endmacro %}

{# department_id, department: departments that people name, where there is no list of them #}
{% macro usual_departments(from) -%}
    select
        {{ source_key('source_name', clean('department_id')) }} as department_id,
        source_name as origin,
        {{ clean('department_id') }} as source_department_id,
        coalesce({{ clean('department') }}, {{ clean('department_id') }}) as department_name,
        _load_id,
        _loaded_at
    from {{ from }}
    where not _deleted and {{ clean('department_id') }} is not null
    qualify row_number() over (partition by source_name, {{ clean('department_id') }} order by updated_at desc nulls last, id) = 1
{%- endmacro %}

{# What companies and contacts have alike; `kind` stands in their key. #}
{% macro usual_client(kind) -%}
    source_name || ':{{ kind }}:' || id as client_record_id,
        source_name as origin,
        id as source_client_id,
        {{ clean('name') }} as client_name,
        {{ json_list('phones') }} as phones,
        {{ json_list('emails') }} as emails,
        {{ clean('owner_id') }} as owner_ref,
        created_at,
        _load_id,
        _loaded_at
{%- endmacro %}

{# id, name, phones, emails, sector, city, country, owner_id, created_at #}
{% macro usual_companies(from) -%}
    select
        {{ usual_client('company') }},
        {{ clean('sector') }} as sector,
        {{ clean('city') }} as city,
        {{ clean('country') }} as country
    from {{ from }}
    where not _deleted
{%- endmacro %}

{# id, name, company_id, phones, emails, owner_id, created_at #}
{% macro usual_contacts(from) -%}
    select
        {{ usual_client('contact') }},
        {{ clean('company_id') }} as company_ref
    from {{ from }}
    where not _deleted
{%- endmacro %}

{# id, owner_id, amount, updated_at: of the history of deals #}
{% macro usual_deal_versions(from) -%}
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        {{ clean('owner_id') }} as owner_ref,
        amount,
        updated_at,
        _op,
        _load_id,
        _loaded_at
    from {{ from }}
{%- endmacro %}

{#
    id, title, pipeline_ref, stage_ref, outcome (won, lost, open; null: as its stage says), owner_id, company_id, contact_id, product, source,
    currency, lost_reason, amount, created_at, closed_at, close_on (when it closed or should), updated_at
#}
{% macro usual_deals(from) -%}
    select
        {{ source_key('source_name', 'id') }} as deal_id,
        source_name as origin,
        id as source_deal_id,
        {{ clean('title') }} as title,
        pipeline_ref,
        {{ clean('stage_ref') }} as stage_ref,
        outcome as status_word,
        {{ clean('owner_id') }} as owner_ref,
        {{ clean('company_id') }} as company_ref,
        {{ clean('contact_id') }} as contact_ref,
        {{ clean('product') }} as product_ref,
        {{ clean('source') }} as lead_source_ref,
        upper({{ clean('currency') }}) as currency,
        case when coalesce(outcome, 'lost') = 'lost' then {{ clean('lost_reason') }} end as lost_reason,
        amount,
        created_at,
        case when outcome <> 'open' then coalesce(closed_at, cast(close_on as timestamp)) end as closed_at,
        case when coalesce(outcome, 'open') = 'open' then close_on end as expected_close_on,
        updated_at,
        _load_id,
        _loaded_at
    from {{ from }}
    where not _deleted
{%- endmacro %}

{# id, deal_id, pipeline_ref, stage_ref, entered_at: of a log of moves #}
{% macro usual_stage_moves(from) -%}
    select
        {{ source_key('source_name', 'id') }} as stage_event_id,
        source_name as origin,
        {{ source_key('source_name', 'deal_id') }} as deal_id,
        pipeline_ref,
        {{ clean('stage_ref') }} as stage_ref,
        cast(null as varchar) as how,
        entered_at,
        row_number() over by_time as position,
        _load_id,
        _loaded_at
    from (
        select *
        from {{ from }}
        where not _deleted
        qualify stage_ref is distinct from
            lag(stage_ref) over (partition by source_name, deal_id order by entered_at, id)
    ) as moves
    window by_time as (partition by source_name, deal_id order by entered_at, id)
{%- endmacro %}

{# pipeline_ref, pipeline, stage_ref, name, number, outcome (won, lost, open; null: as rules and its name say) #}
{% macro usual_stages(from) -%}
    select
        source_name as origin,
        pipeline_ref,
        stage_ref,
        {{ clean('name') }} as stage_name,
        {{ clean('pipeline') }} as pipeline_name,
        number as sort_order,
        outcome as meaning_word,
        _load_id,
        _loaded_at
    from {{ from }}
    where not _deleted
{%- endmacro %}

{# id, kind, subject, owner_id, deal_id, contact_id, company_id, is_done, created_at, due_at, completed_at; `lead`: where it names one #}
{% macro usual_activities(from, lead='cast(null as varchar)') -%}
    select
        {{ source_key('source_name', 'id') }} as activity_id,
        source_name as origin,
        kind,
        {{ clean('subject') }} as subject,
        {{ clean('owner_id') }} as owner_ref,
        {{ clean('deal_id') }} as deal_ref,
        {{ clean('contact_id') }} as contact_ref,
        {{ clean('company_id') }} as company_ref,
        {{ clean(lead) }} as lead_ref,
        coalesce(is_done, false) as is_completed,
        created_at,
        due_at,
        case when is_done then completed_at end as completed_at,
        _load_id,
        _loaded_at
    from {{ from }}
    where not _deleted
{%- endmacro %}

{# id, owner_id, phone, direction (in, out), deal_id, contact_id, company_id, topic, seconds, started_at; `lead`: where it names one #}
{% macro usual_calls(from, lead='cast(null as varchar)') -%}
    select
        {{ source_key('source_name', 'id') }} as call_id,
        source_name as origin,
        {{ clean('owner_id') }} as agent_ref,
        {{ clean('phone') }} as phone_raw,
        direction,
        {{ clean('deal_id') }} as deal_ref,
        {{ clean('contact_id') }} as contact_ref,
        {{ clean('company_id') }} as company_ref,
        {{ clean(lead) }} as lead_ref,
        {{ clean('topic') }} as topic,
        cast(seconds as decimal(18, 4)) as talk_seconds,
        coalesce(seconds > 0, false) as is_answered,
        started_at,
        _load_id,
        _loaded_at
    from {{ from }}
    where not _deleted
{%- endmacro %}

{# id, deal_id, product, category, quantity, price, amount: what deals are made of #}
{% macro usual_deal_lines(from, discount='null') -%}
    select
        {{ source_key('source_name', 'id') }} as line_id,
        source_name as origin,
        {{ source_key('source_name', 'deal_id') }} as deal_id,
        {{ clean('product') }} as product_ref,
        {{ clean('category') }} as category,
        cast(quantity as decimal(18, 4)) as quantity,
        cast(price as decimal(18, 4)) as price,
        cast({{ discount }} as decimal(18, 4)) as discount,
        cast(amount as decimal(18, 4)) as amount,
        _load_id,
        _loaded_at
    from {{ from }}
    where not _deleted and {{ crm_id('deal_id') }} is not null
{%- endmacro %}

{#
    id, deal_id, kind (invoice, payment), amount (asked for, or received; below 0: credited, or given back), amount_paid (of
    an invoice; null: all or nothing, by paid_at), currency, issued_at and due_on of an invoice, paid_at, is_void: of the
    history of them
#}
{% macro usual_payments(from) -%}
    select
        kind || ':' || {{ source_key('source_name', 'id') }} as payment_id,
        source_name as origin,
        {{ source_key('source_name', crm_id('deal_id')) }} as deal_id,
        kind,
        upper({{ clean('currency') }}) as currency,
        cast(amount as decimal(18, 4)) as amount,
        cast(
            case
                when kind = 'payment' then amount
                when amount_paid is not null then amount_paid
                when paid_at is not null then amount
                else 0
            end as decimal(18, 4)
        ) as amount_paid,
        cast(issued_at as timestamp) as issued_at,
        cast(due_on as date) as due_on,
        paid_at,
        _op = 'delete' or coalesce(is_void, false) as is_gone,
        _load_id,
        _loaded_at
    from {{ from }}
{%- endmacro %}
