import type { Config } from '#config'
import { probeRights, probeSource, type StreamProbe } from '#ingest'
import type { Workspace } from '#workspace'

type Asked = { readonly config: Config; readonly workspace: Workspace; readonly source: string }

/**
 * Shows whose rights a source's credentials carry and what they can see, stream by stream. Exit code 1 when a stream
 * cannot be read.
 */
export async function testSource(asked: Asked): Promise<number> {
  process.stdout.write(`${await rightsText(asked)}\n`)
  const probes: StreamProbe[] = []
  for await (const probe of probeSource(asked)) {
    probes.push(probe)
    const seen = probe.rows === 0 ? 'no records seen' : `${probe.rows} records on the first page`
    const mark = probe.problem !== null ? '✖' : probe.rows === 0 ? '–' : '✔'
    process.stdout.write(`${mark} ${probe.stream.padEnd(18)} ${probe.problem ?? seen}\n`)
  }
  const names = (chosen: readonly StreamProbe[]) => chosen.map(({ stream }) => stream).join(', ')
  const refused = probes.filter(({ problem }) => problem !== null)
  const empty = probes.filter(({ problem, rows }) => problem === null && rows === 0)
  if (empty.length > 0)
    process.stdout.write(
      `\nThere are no records in ${names(empty)}, or these credentials have no right to see them.\n`,
    )
  if (refused.length > 0) process.stdout.write(`\nNot readable: ${names(refused)}.\n`)
  return refused.length === 0 ? 0 : 1
}

async function rightsText(asked: Asked): Promise<string> {
  const rights = await probeRights(asked)
  if (rights === null) return `– ${asked.source} does not tell whose rights the credentials carry`
  const { who, isFull, lacks } = rights
  const mark = isFull && lacks.length === 0 ? '✔' : '✖'
  const seen = isFull ? '' : ', who does not see everything: what is hidden will be missing from every report'
  const lacking = lacks.length === 0 ? '' : `; not given: ${lacks.join(', ')}`
  return `${mark} read with the rights of ${who}${seen}${lacking}`
}

/** Shows the streams of a source with their columns and rows, and the fields that no column holds. */
export async function discoverSource(asked: Asked): Promise<number> {
  for await (const probe of probeSource({ ...asked, counts: true })) {
    const { stream, key, columns, unknownFields, ownFields, problem } = probe
    process.stdout.write(`${stream} (key ${key.join(', ')}; ${countOf(probe)})\n`)
    if (problem !== null) process.stdout.write(`  ✖ ${problem}\n`)
    for (const { name, type } of columns) process.stdout.write(`  ${name.padEnd(28)} ${type}\n`)
    if (unknownFields.length > 0)
      process.stdout.write(`  also sent, kept in _extra: ${unknownFields.join(', ')}\n`)
    for (const { entity, field, label } of ownFields)
      process.stdout.write(`  of ${entity}: ${field.padEnd(28)} ${label}\n`)
  }
  return 0
}

function countOf({ rows, isWhole }: StreamProbe): string {
  return `${isWhole ? '' : 'at least '}${rows} ${rows === 1 ? 'record' : 'records'}`
}
