import { crc32, deflateRawSync } from 'node:zlib'

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
/** Formats of the styles of cells: a number, a day, a moment, a time of day. */
const FORMATS = [0, 14, 22, 20]

/** What a written workbook holds; the XML of its rows and of its list of texts as it is to stand there. */
export type WorkbookParts = {
  readonly rows: string
  readonly texts?: string
  readonly is1904?: boolean
  /** Whether the parts lie in the archive as they are. */
  readonly isStored?: boolean
}

/**
 * An XLSX file written part by part, so that it can be wrong in any way. Cells of style 1 are dates, of 2 moments, of 3
 * hours without a day.
 */
export function writeParts({ rows, texts = '', is1904 = false, isStored = false }: WorkbookParts): Buffer {
  const link = (id: string, kind: string, target: string) =>
    `<Relationship Id="${id}" Type="${RELATIONSHIPS}/${kind}" Target="${target}"/>`
  const links = (...each: readonly string[]) => `<Relationships>${each.join('')}</Relationships>`
  const formats = FORMATS.map((id) => `<xf numFmtId="${id}"/>`)
  const parts = {
    '_rels/.rels': links(link('r1', 'officeDocument', 'xl/workbook.xml')),
    'xl/_rels/workbook.xml.rels': links(
      link('r1', 'worksheet', 'worksheets/sheet1.xml'),
      link('r2', 'styles', '/xl/styles.xml'),
      link('r3', 'sharedStrings', 'sharedStrings.xml'),
    ),
    'xl/workbook.xml': `<x:workbook xmlns:x="${MAIN}" xmlns:rel="${RELATIONSHIPS}"><x:workbookPr date1904="${is1904}"/><x:sheets><x:sheet name="One" sheetId="1" rel:id="r1"/></x:sheets></x:workbook>`,
    'xl/styles.xml': `<styleSheet><cellXfs>${formats.join('')}</cellXfs></styleSheet>`,
    'xl/sharedStrings.xml': `<sst>${texts}</sst>`,
    'xl/worksheets/sheet1.xml': `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
  }
  return zipOf(Object.entries(parts), isStored)
}

/** A ZIP archive as the format's specification has it (APPNOTE 4.3). */
export function zipOf(files: readonly (readonly [string, string])[], isStored: boolean): Buffer {
  const locals: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [name, text] of files) {
    const content = Buffer.from(text)
    const packed = isStored ? content : deflateRawSync(content)
    const common = commonHeader(content, { packed, name, method: isStored ? 0 : 8 })
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, rest, Buffer.from(name))
    locals.push(local)
    at += local.length
  }
  const listed = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...locals, listed, Buffer.from('PK\x05\x06'), end])
}

type Packed = { readonly packed: Buffer; readonly name: string; readonly method: number }

/** From the version needed to the length of the extra field: the same in both headers. */
function commonHeader(content: Buffer, { packed, name, method }: Packed): Buffer {
  const header = Buffer.alloc(26)
  header.writeUInt16LE(20, 0)
  header.writeUInt16LE(method, 4)
  header.writeUInt32LE(crc32(content), 10)
  header.writeUInt32LE(packed.length, 14)
  header.writeUInt32LE(content.length, 18)
  header.writeUInt16LE(Buffer.byteLength(name), 22)
  return header
}
