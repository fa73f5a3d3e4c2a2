import { closeSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { LRUCache } from 'lru-cache'
import { escapedText } from './text.ts'
import { createXmlParser } from './xml.ts'

/** The texts that the cells of a workbook share, by number. They lie in a file that goes when this is disposed of. */
export type SharedStrings = Disposable & {
  /** The text of a number; undefined when there are not so many. */
  at(index: number): string | undefined
}

/** Texts are written and read by so many; those that follow each other are mostly wanted together. */
const BLOCK = 128

/** How many bytes of texts are held, about. */
const HELD_BYTES = 2_000_000

/** Reads the list of texts to its end into a file at `path`. */
export async function spoolSharedStrings(
  pieces: AsyncIterable<Uint8Array>,
  path: string,
): Promise<SharedStrings> {
  const blocks = openBlocks(path)
  try {
    const block: string[] = []
    let count = 0
    const parser = createXmlParser(
      itemEvents((text) => {
        block.push(text)
        count += 1
        if (block.length === BLOCK) blocks.append(block.splice(0))
      }),
    )
    for await (const piece of pieces) parser.write(piece)
    parser.end()
    blocks.append(block)
    return {
      at: (index) => (index < count ? blocks.read(Math.floor(index / BLOCK))[index % BLOCK] : undefined),
      [Symbol.dispose]: blocks[Symbol.dispose],
    }
  } catch (error) {
    blocks[Symbol.dispose]()
    throw error
  }
}

/** Tells the text of each item: its own, or that of its runs; without the reading aid that East Asian text may have. */
function itemEvents(tell: (text: string) => void) {
  let text = ''
  let [isText, isAid] = [false, false]
  return {
    open: (name: string) => {
      if (name === 'si') text = ''
      if (name === 'rPh') isAid = true
      isText = name === 't' && !isAid
    },
    text: (more: string) => {
      if (isText) text += more
    },
    close: (name: string) => {
      if (name === 'si') tell(escapedText(text))
      if (name === 'rPh') isAid = false
      isText = false
    },
  }
}

type Blocks = Disposable & {
  readonly append: (texts: readonly string[]) => void
  readonly read: (block: number) => readonly string[]
}

/** Read at once and not by promise, for it is asked within the parsing of a sheet; the file is mostly in memory. */
function openBlocks(path: string): Blocks {
  const file = openSync(path, 'w+')
  const ends = [0]
  const held = new LRUCache<number, readonly string[]>({
    maxSize: HELD_BYTES,
    sizeCalculation: (texts) => texts.reduce((sum, text) => sum + 32 + 2 * text.length, 1),
  })
  const load = (block: number) => {
    const [start = 0, end = start] = ends.slice(block, block + 2)
    const bytes = Buffer.allocUnsafe(end - start)
    readSync(file, bytes, 0, bytes.length, start)
    const texts: readonly string[] = JSON.parse(bytes.toString('utf8'))
    return texts
  }
  return {
    append: (texts) => {
      const bytes = Buffer.from(JSON.stringify(texts))
      writeFileSync(file, bytes)
      ends.push((ends.at(-1) ?? 0) + bytes.length)
    },
    read: (block) => {
      const found = held.get(block) ?? load(block)
      held.set(block, found)
      return found
    },
    [Symbol.dispose]: () => {
      closeSync(file)
      rmSync(path, { force: true })
    },
  }
}
