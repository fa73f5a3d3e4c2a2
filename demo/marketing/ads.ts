import { DAY } from '../company/clock.ts'
import type { Random } from '../company/random.ts'
import type { Sales } from '../service/sales.ts'

/** The part of the company's sales that marketing shows in. */
export type Marketed = Pick<Sales, 'world' | 'deals'>

/** What one keyword cost on one day, before any service writes it down in its own shape. */
export type AdDay = {
  readonly day: string
  readonly campaign: { readonly id: number; readonly name: string }
  readonly group: { readonly id: number; readonly name: string }
  readonly keyword: { readonly id: number; readonly text: string }
  readonly page: string
  readonly impressions: number
  readonly clicks: number
  /** Hundredths of the account's currency. */
  readonly cents: number
}

const CAMPAIGNS = [
  {
    id: 7701,
    name: 'Solar for homes',
    page: 'nordwind.example/solar',
    words: ['solar panels', 'solar roof'],
  },
  {
    id: 7702,
    name: 'Wallboxes',
    page: 'nordwind.example/wallbox',
    words: ['wallbox 11 kw', 'charge at home'],
  },
] as const

/**
 * Advertising days of the generated company, oldest first: as many clicks as its leads of online advertising ask for,
 * and some that came to nothing. `firstDay` leaves out what is before, `YYYY-MM-DD`.
 */
export function* createAdDays({ world, deals }: Marketed, firstDay = '0000-01-01'): Generator<AdDay> {
  const random = world.random('advertising')
  const bought = deals.filter(({ source }) => source.id === 'ADVERTISING')
  const leads = Map.groupBy(bought, ({ createdAt }) => world.clock.day(createdAt))
  for (let at = world.period.from; at < world.period.to; at += DAY) {
    const day = world.clock.day(at + DAY / 2)
    const ads = CAMPAIGNS.flatMap(({ words, ...campaign }, index) =>
      words.map((text, place) => {
        const asked = (leads.get(day) ?? []).filter(({ id }) => id % 4 === index * 2 + place).length
        return adOf({ day, campaign, text, place, asked, random })
      }),
    )
    if (day >= firstDay) yield* ads
  }
}

type Making = {
  readonly day: string
  readonly campaign: { readonly id: number; readonly name: string; readonly page: string }
  readonly text: string
  readonly place: number
  /** Leads that it brought on that day. */
  readonly asked: number
  readonly random: Random
}

function adOf({ day, campaign, text, place, asked, random }: Making): AdDay {
  const { id, name, page } = campaign
  const clicks = asked * random.int(6, 12) + random.int(2, 14)
  return {
    ...{
      day,
      page,
      clicks,
      campaign: { id, name },
      group: { id: id * 10 + place, name: `${name} ${place + 1}` },
    },
    keyword: { id: id * 100 + place, text },
    cents: clicks * random.int(60, 190),
    impressions: clicks * random.int(12, 30),
  }
}
