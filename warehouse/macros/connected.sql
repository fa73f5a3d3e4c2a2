{# Whether a source of this connector is configured; a build says so in the variable `connectors`. #}
{% macro is_connected(connector) %}
    {{ return(connector in var('connectors', [])) }}
{% endmacro %}

{#
    The staging models of connectors that a company has only when one is configured, by the shape that they share.
    A connector is entered here once; every union takes it from here.
#}
{% macro staged(entity) %}
    {% set shapes = {
        'amocrm': [
            'deals', 'deal_versions', 'stage_moves', 'stages', 'stage_versions', 'people', 'person_versions',
            'departments', 'companies', 'contacts', 'calls', 'activities', 'deal_marks', 'deal_lines',
            'payments'
        ],
        'onec': [
            'deals', 'deal_versions', 'stage_moves', 'stages', 'stage_versions', 'people', 'person_versions',
            'departments', 'companies', 'contacts', 'calls', 'activities', 'deal_lines', 'payments'
        ],
        'creatio': [
            'deals', 'deal_marks', 'deal_versions', 'stage_moves', 'stages', 'stage_versions', 'people', 'person_versions',
            'departments', 'companies', 'contacts', 'calls', 'activities', 'deal_lines', 'payments',
            'leads', 'lead_versions'
        ],
        'sap': [
            'deals', 'deal_versions', 'stage_moves', 'stages', 'people', 'person_versions', 'departments',
            'companies', 'contacts', 'activities', 'deal_lines',
            'leads', 'lead_versions'
        ],
        'dynamics': [
            'deals', 'deal_marks', 'deal_versions', 'stage_moves', 'stages', 'stage_versions', 'people', 'person_versions',
            'departments', 'companies', 'contacts', 'calls', 'activities', 'deal_lines', 'payments',
            'leads', 'lead_versions'
        ],
        'hubspot': [
            'deals', 'deal_marks', 'deal_versions', 'stage_moves', 'stages', 'stage_versions', 'people', 'person_versions',
            'departments', 'companies', 'contacts', 'calls', 'activities', 'deal_lines', 'payments'
        ],
        'salesforce': [
            'deals', 'deal_marks', 'deal_versions', 'stage_moves', 'stages', 'stage_versions', 'people', 'person_versions',
            'departments', 'companies', 'contacts', 'calls', 'activities', 'deal_lines',
            'leads', 'lead_versions'
        ],
        'zoho': [
            'deals', 'deal_marks', 'deal_versions', 'stage_moves', 'stages', 'people', 'person_versions', 'departments',
            'companies', 'contacts', 'calls', 'activities', 'deal_lines', 'payments', 'leads', 'lead_versions'
        ],
        'megaplan': [
            'deals', 'deal_versions', 'stage_moves', 'stages', 'people', 'person_versions', 'departments', 'companies',
            'contacts', 'activities', 'deal_lines'
        ],
        'elma365': [
            'deals', 'deal_versions', 'stage_moves', 'stages', 'people', 'person_versions', 'departments',
            'companies', 'contacts', 'activities', 'deal_lines'
        ],
        'suitecrm': [
            'deals', 'deal_marks', 'deal_versions', 'stage_moves', 'stages', 'people', 'person_versions', 'departments', 'companies',
            'contacts', 'calls', 'activities', 'deal_lines',
            'leads', 'lead_versions'
        ],
        'sugarcrm': [
            'deals', 'deal_marks', 'deal_versions', 'stage_moves', 'stages', 'people', 'person_versions', 'departments',
            'companies', 'contacts', 'calls', 'activities', 'deal_lines',
            'leads', 'lead_versions'
        ],
        'sap_crm': [
            'deals', 'deal_versions', 'stage_moves', 'stages', 'people', 'person_versions', 'departments',
            'companies', 'contacts', 'activities', 'deal_lines',
            'leads', 'lead_versions'
        ],
        'comagic': ['calls', 'people', 'own_numbers', 'touches'],
        'yandex_direct': ['ad_costs'],
        'google_ads': ['ad_costs'],
        'meta_ads': ['ad_costs'],
        'mailchimp': ['ad_costs'],
        'yandex_metrica': ['touches'],
        'matomo': ['touches'],
        'google_analytics': ['visit_days'],
    } %}
    {% set found = [] %}
    {% for connector, entities in shapes.items() if entity in entities and is_connected(connector) %}
        {% do found.append(ref('stg_' ~ connector ~ '__' ~ entity)) %}
    {% endfor %}
    {{ return(found) }}
{% endmacro %}

{# More branches of a `union all by name`: `columns` of every such model of an entity. #}
{% macro also_staged(entity, columns='* exclude (_loaded_at)') %}
    {% for relation in staged(entity) %}
    union all by name
    select {{ columns }} from {{ relation }}
    {% endfor %}
{% endmacro %}

{# More terms of a sum: the rows of every such model of an entity. #}
{% macro also_counted(entity) %}
    {%- for relation in staged(entity) %} + (select count(*) from {{ relation }}){% endfor -%}
{% endmacro %}
