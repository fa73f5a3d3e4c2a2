import { SaxesParser } from 'saxes'

/** What is told of an XML document, in its order. Names are without their prefix, attributes with it. */
export type XmlEvents = {
  readonly open: (name: string, attributes: Readonly<Record<string, string | undefined>>) => void
  readonly text?: (text: string) => void
  readonly close: (name: string) => void
}

/** A parser that is fed with pieces of a document in UTF-8. Both throw Error where it is not well-formed. */
export type XmlParser = { readonly write: (piece: Uint8Array) => void; readonly end: () => void }

/** The longest tag or text, in characters. */
const LONGEST = 1 << 24

export function createXmlParser({ open, text, close }: XmlEvents): XmlParser {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ position: false, xmlns: false })
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let pending = 0
  parser.on('opentag', ({ name, attributes }) => {
    pending = 0
    open(localName(name), attributes)
  })
  parser.on('closetag', ({ name }) => {
    pending = 0
    close(localName(name))
  })
  if (text !== undefined) {
    parser.on('text', text)
    parser.on('cdata', text)
  }
  const feed = (piece: string) => {
    pending += piece.length
    parser.write(piece)
    if (pending > LONGEST) throw new Error(`a text in it is longer than ${LONGEST} characters`)
  }
  return {
    write: (piece) => feed(decoder.decode(piece, { stream: true })),
    end: () => {
      feed(decoder.decode())
      parser.close()
    },
  }
}

/** Reads a document to its end. */
export async function readXml(pieces: AsyncIterable<Uint8Array>, events: XmlEvents): Promise<void> {
  const parser = createXmlParser(events)
  for await (const piece of pieces) parser.write(piece)
  parser.end()
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
