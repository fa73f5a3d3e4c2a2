-- One row per text of a record and topic that a word or phrase of it speaks of: what clients and colleagues say.
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

own_terms as (
    select * from {{ ref('stg_workspace__voice_terms') }}
),

-- What the company says of a topic in a language stands in place of the shipped words.
terms as (
    select topic, term, stem, pattern from own_terms where stem <> ''
    union all
    select shipped.topic, null, shipped.stem, null
    from {{ ref('voice_terms') }} as shipped
    left join (select distinct topic, language from own_terms) as own using (topic, language)
    where own.topic is null
),

-- A term is found by the stem that its first word begins with; accents do not matter.
spoken as (
    select words.word, terms.topic, terms.term, terms.pattern
    from words
    inner join terms on starts_with(strip_accents(words.word), strip_accents(terms.stem))
),

meant as (
    select wordings.text, spoken.topic,
        min(case when spoken.pattern is null then wordings.word else spoken.term end) as word
    from wordings
    inner join spoken using (word)
    where spoken.pattern is null or regexp_matches(strip_accents(lower(wordings.text)), spoken.pattern)
    group by wordings.text, spoken.topic
),

found as (
    select texts.entity, texts.record_id, texts.place, meant.topic, meant.word, left(texts.text, 300) as quote
    from texts
    inner join meant using (text)
)

select * from found
