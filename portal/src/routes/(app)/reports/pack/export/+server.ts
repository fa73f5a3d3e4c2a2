import { services } from '#services'
import { sendFile } from '#lib/designer/server/file.ts'
import { isRunnable, loadPack } from '#lib/designer/server/pack.ts'
import { messagesOf } from '#lib/messages/index.ts'
import { requireReader, requireUser } from '#lib/server/guard.ts'
import { askAs } from '#lib/server/home/ask.ts'
import { chooseMonth } from '#lib/server/home/month.ts'
import type { RequestHandler } from './$types'

/** `?month=YYYY-MM`: the reader's meeting pack as one workbook; reports that can't be run are not in it. */
export const GET: RequestHandler = ({ locals, url }) => {
  const reader = requireReader(locals)
  const all = services()
  return sendFile(async () => {
    const asked = url.searchParams.get('month') ?? ''
    const month = await chooseMonth(askAs(all.semantic, reader), all, asked)
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
