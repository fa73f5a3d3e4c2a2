import { z } from 'zod'
import { demoSignIns, type DemoSignIn } from '#demo'

/** The known report: deals and what was won, as each role sees it. */
const QUERY = {
  measures: [
    'deals_report.count',
    'deals_report.won_count',
    'deals_report.win_rate',
    'deals_report.won_amount',
  ],
}

const answer = z.object({
  rows: z.array(z.record(z.string(), z.union([z.string(), z.boolean(), z.null()]))).length(1),
  isComplete: z.boolean(),
})

/** Asks the running portal for the known report as each role and prints the figures. Returns the exit code. */
export async function checkDemo({ url }: { readonly url: string }): Promise<number> {
  process.stdout.write(
    `\n${'role'.padEnd(16)}${'deals'.padStart(10)}${'won'.padStart(10)}${'win rate'.padStart(10)}${'won amount'.padStart(18)}\n`,
  )
  for (const signIn of demoSignIns) {
    const cookie = await signInAs(url, signIn)
    const row = await knownReport(url, cookie)
    process.stdout.write(`${signIn.role.padEnd(16)}${row}\n`)
  }
  return 0
}

/** Signs in over HTTP and returns the session cookie. Throws when the portal refuses. */
export async function signInAs(
  url: string,
  { email, password }: Pick<DemoSignIn, 'email' | 'password'>,
): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email, password }),
  })
  if (!response.ok)
    throw new Error(`Sign-in of ${email} was refused: ${response.status} ${await response.text()}`)
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

async function knownReport(url: string, cookie: string): Promise<string> {
  const response = await fetch(`${url}/api/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, cookie },
    body: JSON.stringify(QUERY),
  })
  if (!response.ok)
    throw new Error(`The known report was refused: ${response.status} ${await response.text()}`)
  const [row = {}] = answer.parse(await response.json()).rows
  const rate = row['deals_report.win_rate']
  const share = typeof rate === 'string' ? `${(Number(rate) * 100).toFixed(1)} %` : '–'
  const cells = [row['deals_report.count'], row['deals_report.won_count'], share]
  return (
    cells.map((cell) => String(cell ?? '–').padStart(10)).join('') +
    String(row['deals_report.won_amount'] ?? '–').padStart(18)
  )
}
