import type { Workspace } from '#workspace'

/**
 * The fields of their own that sources have, of one source or all: how full they are among the records looked at, what
 * their values read as, and a few of them. Those ticked are marked.
 */
export async function listFields(
  workspace: Pick<Workspace, 'rules' | 'discoveredFields'>,
  source: string | undefined,
): Promise<readonly string[]> {
  const ticked = await workspace.rules.ofKind('customField')
  const seen = (await workspace.discoveredFields.list()).filter(
    (each) => source === undefined || each.source === source,
  )
  if (seen.length === 0) return ['No field of its own was seen in any source yet. Sync first.']
  return seen.map((each) => {
    const isTicked = ticked.some(
      ({ content }) =>
        content.source === each.source && content.entity === each.entity && content.field === each.field,
    )
    const filled = `${Math.round((100 * each.filled) / each.records)}% filled`
    const columns = [`${each.source}.${each.entity}`.padEnd(22), each.field.padEnd(28), each.type.padEnd(10)]
    const said = each.name === null ? '' : `${each.name}: `
    return `${isTicked ? '✔' : ' '} ${columns.join('')}${filled.padEnd(14)}${said}${each.samples.join(' · ')}`
  })
}
