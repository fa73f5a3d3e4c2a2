-- One row per text of a record and topic that a word of it begins with: what clients and colleagues speak of.
with

texts as (
    select 'deal' as entity, deal_id as record_id, 'lost reason' as place, lost_reason as text
    from {{ ref('int_deals__unioned') }} where lost_reason is not null
    union all
    select 'deal', deal_id, 'note', note from {{ ref('int_deals__unioned') }} where note is not null
    union all
    select 'activity', activity_id, 'activity', subject from {{ ref('int_activities__owned') }} where subject is not null
    union all
    select 'call', call_id, 'call', topic from {{ ref('int_calls__owned') }} where topic is not null
),

-- Many records say the same, so each wording is read once.
wordings as (
    select text, unnest(list_distinct(regexp_extract_all(lower(text), '\p{L}+'))) as word
    from (select distinct text from texts) as distinct_texts
),

words as (
    select distinct word from wordings
),

spoken as (
    select words.word, terms.topic
    from words
    inner join {{ ref('voice_terms') }} as terms on starts_with(words.word, terms.stem)
),

meant as (
    select wordings.text, spoken.topic, min(wordings.word) as word
    from wordings
    inner join spoken using (word)
    group by wordings.text, spoken.topic
),

found as (
    select texts.entity, texts.record_id, texts.place, meant.topic, meant.word, left(texts.text, 300) as quote
    from texts
    inner join meant using (text)
)

select * from found
