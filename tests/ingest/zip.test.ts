import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { openZip } from '../../ingest/zip/archive.ts'

const folder = mkdtempSync(join(tmpdir(), 'embut-zip-'))
const path = join(folder, 'archive.zip')
afterAll(() => rmSync(folder, { recursive: true }))

/** Numbers of so many bytes each, one after the other, the lowest byte first. */
function numbers(...each: readonly (readonly [bytes: number, value: number])[]): Buffer {
  return Buffer.concat(
    each.map(([bytes, value]) => {
      const long = Buffer.alloc(8)
      long.writeBigUInt64LE(BigInt(value))
      return long.subarray(0, bytes)
    }),
  )
}

const NAME = Buffer.from('a.txt')
const TEXT = Buffer.from('text')
const FULL = 0xffffffff

/** An archive of one stored file whose lengths and places all stand in the long form (APPNOTE 4.3.14, 4.5.3). */
function longArchive({ end = 0x06064b50 } = {}): Buffer {
  const local = Buffer.concat([
    numbers(
      [4, 0x04034b50],
      [2, 45],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, crc32(TEXT)],
      [4, 4],
      [4, 4],
      [2, 5],
      [2, 0],
    ),
    NAME,
    TEXT,
  ])
  const extra = numbers([2, 9999], [2, 1], [1, 7], [2, 1], [2, 24], [8, 4], [8, 4], [8, 0])
  const entry = Buffer.concat([
    numbers(
      [4, 0x02014b50],
      [2, 45],
      [2, 45],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, crc32(TEXT)],
      [4, FULL],
      [4, FULL],
    ),
    numbers([2, 5], [2, extra.length], [2, 3], [2, 0], [2, 0], [4, 0], [4, FULL]),
    NAME,
    extra,
    Buffer.from('why'),
  ])
  const longEnd = numbers(
    [4, end],
    [8, 44],
    [2, 45],
    [2, 45],
    [4, 0],
    [4, 0],
    [8, 1],
    [8, 1],
    [8, entry.length],
    [8, local.length],
  )
  const locator = numbers([4, 0x07064b50], [4, 0], [8, local.length + entry.length], [4, 1])
  const shortEnd = numbers(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, 0xffff],
    [2, 0xffff],
    [4, FULL],
    [4, FULL],
    [2, 0],
  )
  return Buffer.concat([local, entry, longEnd, locator, shortEnd])
}

async function read(archive: Buffer): Promise<readonly (readonly [string, string])[]> {
  writeFileSync(path, archive)
  await using zip = await openZip(path)
  const found: (readonly [string, string])[] = []
  for (const entry of zip.entries) found.push([entry.name, await text(zip.read(entry))])
  return found
}

test('reads an archive whose numbers stand in the long form', async () => {
  expect(await read(longArchive())).toEqual([['a.txt', 'text']])
})

test('says that a directory is damaged, or that a file is no archive', async () => {
  await expect(read(longArchive({ end: 0 }))).rejects.toThrow('its directory is damaged')
  await expect(read(longArchive().subarray(0, 40))).rejects.toThrow('it is no ZIP archive')
  await expect(read(Buffer.alloc(0))).rejects.toThrow('it is no ZIP archive')
})

test('says that what an entry holds is not what was put in', async () => {
  const other = longArchive()
  other.write('tent', other.indexOf('text'))
  await expect(read(other)).rejects.toThrow('a.txt in it is damaged')
})
