import { CALL_LEG, duckdbType } from '#config'

/**
 * Joins the legs that a SELECT reads (columns of `CALL_LEG`, `_line`, `_problem`, `_row`) to calls. A call starts with its
 * first leg; who spoke longest is its agent, else whom it rang last; it waited until the first answer. A call within
 * the house is none. Legs with a problem pass through.
 */
export function joinLegs(legs: string, columns: readonly string[]): string {
  const missing = CALL_LEG.columns.filter(({ name }) => !columns.includes(name))
  const nulls = missing.map(({ name, type }) => `null::${duckdbType(type)} as ${name}`)
  const all = nulls.length === 0 ? '*' : `*, ${nulls.join(', ')}`
  return `with legs as (select ${all} from (${legs})),
    good as (select *, coalesce(lower(result) = 'answered', talk_seconds > 0) as is_spoken from legs where _problem is null),
    calls as (
      select call_id, min(started_at) as started_at, max(ended_at) as ended_at,
        lower(arg_min(direction, (started_at, coalesce(leg_no, 0)))) as direction,
        arg_min(from_number, (started_at, coalesce(leg_no, 0))) as from_number,
        arg_min(to_number, (started_at, coalesce(leg_no, 0))) as to_number,
        coalesce(arg_max(agent, coalesce(talk_seconds, 0)) filter (is_spoken), arg_max(agent, started_at)) as agent,
        coalesce(arg_max(extension, coalesce(talk_seconds, 0)) filter (is_spoken),
          arg_max(extension, started_at)) as extension,
        arg_min(queue, started_at) filter (queue is not null) as topic,
        sum(talk_seconds) filter (is_spoken) as talk_seconds,
        min(answered_at) filter (is_spoken) as answered_at,
        arg_min(wait_seconds, started_at) filter (is_spoken) as answered_wait,
        max(coalesce(wait_seconds, total_seconds)) as unanswered_wait,
        case when bool_or(is_spoken) then true when bool_and(result is not null) then false end as is_answered,
        min(_line) as _line
      from good group by call_id)
    select call_id, agent, extension, case direction when 'out' then to_number else from_number end as phone, direction,
      started_at,
      case when is_answered then coalesce(answered_wait, date_diff('millisecond', started_at, answered_at) / 1000.0)
        else coalesce(unanswered_wait, date_diff('millisecond', started_at, ended_at) / 1000.0)
      end::decimal(18, 4) as wait_seconds,
      coalesce(talk_seconds, 0) as talk_seconds, is_answered, topic, _line,
      null::struct(column_name varchar, "value" varchar, reason varchar) as _problem, null::json as _row
    from calls where direction is distinct from 'internal'
    union all by name select call_id, _line, _problem, _row from legs where _problem is not null`
}
