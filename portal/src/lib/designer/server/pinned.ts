import { z } from 'zod'
import { UserError } from '#config'
import type { Services } from '#services'

type From = Pick<Services, 'workspace'>

/** A report in the pack of a person. */
type Pinned = { readonly userId: string; readonly id: string }

const KEY = 'report.pack'
const MOST = 20
const kept = z.array(z.string())

/** The saved reports of a person's meeting pack by id, in their order. */
export async function pinnedOf({ workspace }: From, userId: string): Promise<string[]> {
  const read = kept.safeParse(await workspace.settings.get(KEY, userId))
  return read.success ? read.data : []
}

/** Puts a report at the end of the pack, or takes it out. @throws UserError when the pack is full */
export async function pin(from: From, { userId, id }: Pinned, isPinned: boolean): Promise<void> {
  const others = (await pinnedOf(from, userId)).filter((one) => one !== id)
  if (isPinned && others.length >= MOST)
    throw new UserError(`A meeting pack holds ${MOST} reports: take one out before you add another.`)
  await setPinned(from, userId, isPinned ? [...others, id] : others)
}

/** Moves a report by one place. */
export async function movePinned(from: From, { userId, id }: Pinned, by: -1 | 1): Promise<void> {
  const ids = await pinnedOf(from, userId)
  const place = ids.indexOf(id)
  const other = ids[place + by]
  if (place < 0 || other === undefined) return
  await setPinned(
    from,
    userId,
    ids.map((one) => (one === id ? other : one === other ? id : one)),
  )
}

async function setPinned({ workspace }: From, userId: string, ids: readonly string[]): Promise<void> {
  await workspace.settings.set(KEY, ids, { userId, author: userId })
}
