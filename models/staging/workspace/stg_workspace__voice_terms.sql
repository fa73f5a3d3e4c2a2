with

source as (
    select * from {{ source('workspace', 'voice_topics') }} where not _deleted
),

unnested as (
    select
        rule_id,
        topic,
        language,
        unnest(cast(terms as struct(term varchar, stem varchar, pattern varchar)[])) as term,
        _load_id,
        _loaded_at
    from source
),

renamed as (
    select
        rule_id,
        topic,
        language,
        term.term as term,
        term.stem as stem,
        term.pattern as pattern,
        _load_id,
        _loaded_at
    from unnested
)

select * from renamed
