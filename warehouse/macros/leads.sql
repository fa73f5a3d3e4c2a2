{#
    Staging of leads of CRMs whose raw tables have the usual columns. `from` is a relation or a common table expression with
    source_name, _deleted, _load_id, _loaded_at and id, title, name (who asked), company_id, contact_id, phones, emails,
    source, owner_id, status, outcome (converted, lost, open), deal_refs (deals that came of it, the first one first), own
    (map of own fields), address (of a page with marks), created_at, status_since.
#}
{% macro usual_leads(from) -%}
    select
        source_name || ':lead:' || id as lead_id,
        source_name as origin,
        id as source_lead_id,
        {{ clean('title') }} as title,
        {{ clean('name') }} as client_name,
        {{ crm_id('company_id') }} as company_ref,
        {{ crm_id('contact_id') }} as contact_ref,
        phones,
        emails,
        {{ clean('source') }} as lead_source_ref,
        {{ crm_id('owner_id') }} as owner_ref,
        {{ clean('status') }} as status_name,
        outcome as outcome_word,
        coalesce(deal_refs, []) as deal_refs,
        {{ told_marks('own', 'address') }},
        created_at,
        status_since,
        _load_id,
        _loaded_at
    from {{ from }}
    where not _deleted
{%- endmacro %}

{#
    What became of a lead by the word of its status, where the CRM has no mark for it. Statuses are the company's own words, so
    that only those count which say it plainly.
#}
{% macro lead_outcome(status) -%}
    case
        when regexp_matches(lower({{ status }}), '(not |un|dis|no longer )(convert|qualif|interest)|дисквал|не ?заинтерес|нецелев')
            or regexp_matches(lower({{ status }}), '\b(junk|dead|lost|declined|rejected|recycled|spam)\b|отказ|отклон|спам') then 'lost'
        when regexp_matches(lower({{ status }}), 'convert|конверт|\bwon\b') then 'converted'
        else 'open'
    end
{%- endmacro %}

{# The deal that a lead names, as a list. #}
{% macro lead_deals(deal_id) -%}
    list_filter([{{ crm_id(deal_id) }}], lambda each : each is not null)
{%- endmacro %}

{# Who had a lead by its history: one row per version that a load brought. #}
{% macro lead_versions(from, owner='owner_id', changed='updated_at') -%}
    select
        source_name || ':lead:' || trim(cast(id as varchar)) as lead_id,
        source_name as origin,
        {{ crm_id(owner) }} as owner_ref,
        {{ changed }} as updated_at,
        _op,
        _load_id,
        _loaded_at
    from {{ from }}
{%- endmacro %}

{# Whose a lead is as a party to a conversation: its client, else its deal, else itself. #}
{% macro lead_party() -%}
    coalesce(nullif(client_id, 'unknown'), 'deal:' || deal_id, 'lead:' || lead_id)
{%- endmacro %}
