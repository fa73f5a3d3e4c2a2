import type { Connection } from '../connection.ts'
import { identifier, literal } from '../sql.ts'

/**
 * Takes the lines that DuckDB's CSV reader could not split into columns over from its reject tables as rows with a
 * problem, and counts them into the line numbers of the other rows, which the reader numbers without them. Returns how
 * many there were.
 */
export async function takeRejects(
  connection: Connection,
  table: string,
  file: string | null,
): Promise<number> {
  const fileSql = file === null ? 'null' : literal(file)
  const present = await connection.query(
    `select 1 from duckdb_tables() where table_name = 'reject_errors' and temporary`,
  )
  if (present.length === 0) return 0
  await connection.run(
    `create or replace temp table broken_lines as
     select line::bigint as line, arg_min({'column_name': column_name, 'value': null::varchar,
         'reason': 'The line is broken: ' || lower(error_type) || '. ' || error_message}, byte_position) as problem,
       to_json({'line': trim(any_value(csv_line), chr(10) || chr(13))}) as source
     from reject_errors group by scan_id, file_id, line`,
  )
  await connection.run(
    `update ${identifier(table)} as t set _line = t._line + (
       select count(*) from (select line - row_number() over (order by line) + 1 as first from broken_lines)
       where first <= t._line)
     where t._problem is not null and t._file is not distinct from ${fileSql}`,
  )
  const count = await connection.run(
    `insert into ${identifier(table)}(_line, _file, _problem, _row)
     select line, ${fileSql}, problem, source from broken_lines order by line`,
  )
  await connection.run('drop table broken_lines; drop table reject_errors; drop table reject_scans')
  return count
}
