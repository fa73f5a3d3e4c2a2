{#- What a load's flags say of records that are missing beside it, as one text; null when none are. -#}
{% macro limits_of(flags) %}
    nullif(
        array_to_string(
            list_filter(
                cast({{ flags }} as varchar[]),
                lambda flag: starts_with(flag, 'whole since ') or starts_with(flag, 'rights: ')
            ),
            '; '
        ),
        ''
    )
{% endmacro %}
