import type { Reader, Services } from '#services'
import { isOffered } from '#lib/designer/server/templates.ts'
import { reportHref } from '#lib/report-link.ts'
import { part } from './home/ask.ts'

export type Hit = { readonly label: string; readonly hint?: string; readonly href: string }
export type Hits = {
  readonly templates: readonly Hit[]
  readonly managers: readonly Hit[]
  readonly clients: readonly Hit[]
  readonly numbers: readonly Hit[]
}
type From = Pick<Services, 'templates' | 'semantic'>

const SHOWN = 6

/** Templates, people, clients and numbers whose name holds the text, as far as the reader may see them. */
export async function searchEverything(from: From, reader: Reader, text: string): Promise<Hits> {
  const isAsking = text.length > 0
  const [templates, managers, clients, numbers] = await Promise.all([
    findTemplates(from, reader, text),
    isAsking ? findValues(from, reader, { member: 'deals_report.manager', text }) : [],
    text.length > 1 ? findValues(from, reader, { member: 'clients_report.client', text }) : [],
    isAsking ? findNumbers(from, reader, text) : [],
  ])
  return { templates, managers, clients, numbers }
}

async function findTemplates(
  { templates, semantic }: From,
  reader: Reader,
  text: string,
): Promise<readonly Hit[]> {
  const { userId, departmentIds } = reader
  const [all, views] = await Promise.all([
    templates.listFor({ userId, departmentIds }),
    semantic.meta(reader),
  ])
  return all
    .filter((one) => isOffered(one, views))
    .filter(({ name, question }) => `${name} ${question}`.toLowerCase().includes(text.toLowerCase()))
    .slice(0, SHOWN)
    .map(({ id, name, folder }) => ({ label: name, hint: folder, href: `/reports/${id}` }))
}

async function findValues(
  { semantic }: From,
  reader: Reader,
  { member, text }: { readonly member: string; readonly text: string },
): Promise<readonly Hit[]> {
  const found = await part(semantic.values(reader, member, text, SHOWN))
  if (!found.ok) return []
  const [reportType = '', field = ''] = member.split('.')
  const isClient = reportType === 'clients_report'
  return found.value.map((label) => ({
    label,
    href: reportHref({
      reportType: 'deals_report',
      rows: isClient ? ['title', 'status'] : ['client'],
      values: ['count', 'won_amount'],
      filters: [{ member: field, operator: 'equals', values: [label] }],
    }),
  }))
}

async function findNumbers({ semantic }: From, reader: Reader, text: string): Promise<readonly Hit[]> {
  const found = await part(semantic.meta(reader))
  if (!found.ok) return []
  return found.value
    .flatMap((view) =>
      view.members
        .filter(({ kind, title }) => kind === 'measure' && title.toLowerCase().includes(text.toLowerCase()))
        .map((member) => ({
          label: member.title,
          hint: view.title,
          href: reportHref({ reportType: view.name, values: [member.name.split('.')[1] ?? ''] }),
        })),
    )
    .slice(0, SHOWN)
}
