import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext, type Page } from 'playwright-core'

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
