import { Readable } from 'node:stream'
import type { ExportFile } from '#exports'
import { messageOf } from './answer.ts'

/** Sends a finished file to be saved; an error written for people becomes a plain page with its words. */
export async function sendFile(make: () => Promise<ExportFile>): Promise<Response> {
  try {
    const { stream, filename, contentType } = await make()
    const headers = {
      'content-type': contentType,
      'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(filename)}`,
    }
    return new Response(Readable.toWeb(stream) as ReadableStream, { headers })
  } catch (error) {
    const message = messageOf(error)
    if (message === null) throw error
    return new Response(message, { status: 400, headers: { 'content-type': 'text/plain; charset=utf-8' } })
  }
}
