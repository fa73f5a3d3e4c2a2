import { posix } from 'node:path'
import { openZip } from '../../../zip/archive.ts'
import type { ZipArchive } from '../../../zip/archive.ts'
import { readDateStyles } from './date-styles.ts'
import type { DateStyle } from './date-styles.ts'
import { readXml } from './xml.ts'

/** A sheet and the part of the workbook that holds its rows; null for one without rows, such as a chart. */
export type Sheet = { readonly name: string; readonly part: string | null }

/** An open workbook. */
export type Workbook = AsyncDisposable & {
  readonly sheets: readonly Sheet[]
  /** Whether days are counted from 1904 on. */
  readonly is1904: boolean
  readonly dateStyles: readonly DateStyle[]
  /** The part with the texts that cells share, if there is one. */
  readonly stringsPart: string | null
  /** A part in pieces. Throws Error when it is missing or damaged. */
  read(part: string): AsyncIterable<Uint8Array>
}

/** Opens an XLSX file. Throws Error when it is none. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const archive = await openZip(path)
  try {
    return await workbookOf(archive)
  } catch (error) {
    await archive[Symbol.asyncDispose]()
    throw error
  }
}

async function workbookOf(archive: ZipArchive): Promise<Workbook> {
  const { has, read } = partsOf(archive)
  const [root] = (await linksOf(read, '')).filter(({ kind }) => kind === 'officeDocument')
  if (root === undefined) throw new Error('it has no workbook')
  const links = await linksOf(read, root.part)
  const partOf = (kind: string) => {
    const part = links.find((link) => link.kind === kind)?.part
    return part !== undefined && has(part) ? part : null
  }
  const { sheets, is1904 } = await readSheets(read(root.part))
  const sheetPart = (id: string) =>
    links.find((link) => link.id === id && link.kind === 'worksheet')?.part ?? null
  const stylesPart = partOf('styles')
  return {
    sheets: sheets.map(({ name, id }) => ({ name, part: sheetPart(id) })),
    is1904,
    dateStyles: stylesPart === null ? [] : await readDateStyles(read(stylesPart)),
    stringsPart: partOf('sharedStrings'),
    read,
    [Symbol.asyncDispose]: () => archive[Symbol.asyncDispose](),
  }
}

type Parts = {
  readonly has: (part: string) => boolean
  readonly read: (part: string) => AsyncIterable<Uint8Array>
}

/** Names of parts are the same whatever their case (ECMA-376, part 2, 6.2.2.3). */
function partsOf(archive: ZipArchive): Parts {
  const plain = (name: string) => name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()
  const entries = new Map(archive.entries.map((entry) => [plain(entry.name), entry]))
  return {
    has: (part) => entries.has(plain(part)),
    read: (part) => {
      const entry = entries.get(plain(part))
      if (entry === undefined) throw new Error(`${part} in it is missing`)
      return archive.read(entry)
    },
  }
}

type Link = { readonly id: string; readonly kind: string; readonly part: string }

/** What a part links to; the root of the workbook is the part without a name. */
async function linksOf(read: Parts['read'], part: string): Promise<readonly Link[]> {
  const folder = posix.dirname(part)
  const links: Link[] = []
  await readXml(read(posix.join(folder, '_rels', `${posix.basename(part)}.rels`)), {
    open: (name, { Id: id, Type: type, Target: target }) => {
      if (name !== 'Relationship' || id === undefined || type === undefined || target === undefined) return
      const place = target.startsWith('/') ? target : posix.join(folder, target)
      links.push({ id, kind: posix.basename(type), part: place })
    },
    close: () => undefined,
  })
  return links
}

async function readSheets(pieces: AsyncIterable<Uint8Array>) {
  const sheets: { readonly name: string; readonly id: string }[] = []
  let is1904 = false
  await readXml(pieces, {
    open: (name, attributes) => {
      if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributes['date1904'] ?? '')
      if (name === 'sheet') sheets.push({ name: attributes['name'] ?? '', id: linkId(attributes) })
    },
    close: () => undefined,
  })
  return { sheets, is1904 }
}

/** The attribute `id` of the namespace of links, whatever its prefix. */
function linkId(attributes: Readonly<Record<string, string | undefined>>): string {
  const found = Object.entries(attributes).find(([name]) => name.endsWith(':id'))
  return found?.[1] ?? ''
}
