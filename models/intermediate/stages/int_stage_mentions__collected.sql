-- One row per stage that deals or moves name.
with

mentioned as (
    select origin, pipeline_ref, stage_ref, status_word from {{ ref('int_deals__unioned') }}
    union all
    select origin, pipeline_ref, stage_ref, null from {{ ref('int_stage_moves__unioned') }}
),

-- Where all deals of a stage say the same outcome, that outcome is what the stage means.
collected as (
    select
        mentioned.origin,
        mentioned.pipeline_ref,
        mentioned.stage_ref,
        case when count(distinct words.meaning) = 1 then min(words.meaning) end as implied_meaning
    from mentioned
    left join {{ ref('status_words') }} as words on words.word = {{ normal('mentioned.status_word') }}
    where mentioned.stage_ref is not null
    group by mentioned.origin, mentioned.pipeline_ref, mentioned.stage_ref
)

select * from collected
