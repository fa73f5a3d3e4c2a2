import { afterAll, beforeAll, describe, it } from 'vitest'
import { openBrowser } from '../e2e/browser.ts'
import { add, holdRuns, openDesigner, signIn } from '../e2e/designer-page.ts'
import { PASSWORD, emailOf } from '../portal/fake-services.ts'
import { servePortal, type RunningPortal } from '../portal/serve.ts'

const administrator = { email: emailOf('administrator'), password: PASSWORD }

describe('a question asked while the answer to the one before is on its way', () => {
  let portal: RunningPortal
  let browser: Awaited<ReturnType<typeof openBrowser>>
  beforeAll(async () => {
    portal = await servePortal()
    browser = await openBrowser()
  })
  afterAll(async () => {
    await browser?.close()
    await portal?.close()
  })

  it('is answered, however late the other answer comes', async () => {
    const { page } = browser
    await signIn(page, portal.url, administrator)
    await openDesigner(page, portal.url, 'Deals')
    await add(page, 'Won deals', 'Add to values')
    await add(page, 'Manager', 'Add to rows')
    await page.locator('td[data-cell="1:0"]').waitFor()
    const nextRun = await holdRuns(page)
    await page.keyboard.press('Control+z')
    const before = await nextRun()
    // The page asks after a short pause: its clock stands, so the late answer falls into that pause.
    await page.clock.pauseAt(new Date(Date.now() + 5_000))
    await page.keyboard.press('Control+Shift+z')
    await before.continue().catch(() => undefined)
    await page.waitForTimeout(500)
    await page.clock.runFor(1_000)
    await (await nextRun()).continue()
    await page.locator('td[data-cell="1:0"]').waitFor()
  })
})
