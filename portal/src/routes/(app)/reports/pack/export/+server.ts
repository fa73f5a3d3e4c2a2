import { services } from '#services'
import { sendFile } from '#lib/designer/server/file.ts'
import { isRunnable, loadPack, monthOfPack } from '#lib/designer/server/pack.ts'
import { messagesOf } from '#lib/messages/index.ts'
import { requireReader, requireUser } from '#lib/server/guard.ts'
import type { RequestHandler } from './$types'

/** The reader's meeting pack of the address's scope as one workbook; reports that can't be run are not in it. */
export const GET: RequestHandler = ({ locals, url }) => {
  const reader = requireReader(locals)
  const all = services()
  return sendFile(async () => {
    const month = await monthOfPack(all, reader, url.searchParams)
    const packed = await loadPack(all, reader, month)
    const reports = packed.filter(isRunnable).map(({ name, definition, given }) => ({
      definition: { ...definition, title: name },
      parameters: given,
    }))
    return all.exports.reportsXlsx({
      reader,
      title: `${messagesOf(locals.locale).reports.pack.title} ${month.month}`,
      reports,
      locale: locals.locale,
      readerName: requireUser(locals).name,
      now: all.now(),
    })
  })
}
