import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page, type Response } from 'playwright-core'

// Without the networking flags the browser looks up its maker's hosts at every start.
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export type Look = {
  readonly width: number
  readonly height?: number
  readonly colorScheme?: 'light' | 'dark'
}

/** A real Chromium with an empty profile; `close` removes the profile too. */
export async function openBrowser(look: Look = { width: 1440 }) {
  const profile = mkdtempSync(join(tmpdir(), 'embut-browser-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    headless: true,
    args: FLAGS,
    viewport: { width: look.width, height: look.height ?? 900 },
    colorScheme: look.colorScheme ?? 'light',
    acceptDownloads: true,
    locale: 'en-GB',
    timezoneId: 'UTC',
  })
  const close = async () => {
    await context.close()
    rmSync(profile, { recursive: true, force: true })
  }
  return { context, page: await firstPage(context), close }
}

async function firstPage(context: BrowserContext): Promise<Page> {
  return context.pages()[0] ?? (await context.newPage())
}

/** Goes to a page and waits until its buttons work: what is clicked before is lost. Resolves to the server's answer. */
export async function visit(page: Page, url: string): Promise<Response | null> {
  const response = await page.goto(url)
  await untilReady(page)
  return response
}

/** Waits, after a step that may load a page anew, until its buttons work. */
export async function untilReady(page: Page): Promise<void> {
  await page.locator('html[data-ready]').waitFor({ state: 'attached' })
}

const SETTLE_MS = 5000

/** By how many pixels a page is wider than its window once it has settled: a chart takes its new size a frame later. */
export async function tooWide(page: Page): Promise<number> {
  const excess = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
  const end = Date.now() + SETTLE_MS
  while ((await excess()) > 0 && Date.now() < end) await page.waitForTimeout(100)
  return Math.max(0, await excess())
}
