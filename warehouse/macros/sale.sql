{#
    What became of a deal, by what the company counts as a sale: a won deal of a company that counts paid (or completed)
    sales is open until it is paid (or completed). `deal` has meaning, paid_at, completed_at.
#}
{% macro status_of(deal, settings) -%}
    case
        when {{ deal }}.meaning = 'ignore' then 'ignored'
        when {{ deal }}.meaning = 'lost' then 'lost'
        when {{ deal }}.meaning = 'won' and case {{ settings }}.sale_counts
            when 'paid' then {{ deal }}.paid_at is not null
            when 'completed' then {{ deal }}.completed_at is not null
            else true
        end then 'won'
        else 'open'
    end
{%- endmacro %}

{# When it came to that: a sale by what the company counts, a loss when the deal ended. `deal` has status, finished_at. #}
{% macro closed_at_of(deal, settings) -%}
    case
        when {{ deal }}.status = 'lost' then {{ deal }}.finished_at
        when {{ deal }}.status = 'won' then case {{ settings }}.sale_counts
            when 'paid' then {{ deal }}.paid_at
            when 'completed' then {{ deal }}.completed_at
            else {{ deal }}.finished_at
        end
    end
{%- endmacro %}
