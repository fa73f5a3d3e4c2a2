-- One row per version of a pipeline. A deal is judged by the version in force when it was created.
with

versions as (
    select distinct pipeline_id, pipeline_version, valid_from, valid_to
    from {{ ref('int_stages__ordered') }}
)

select * from versions
