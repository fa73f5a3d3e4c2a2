import { existsSync } from 'node:fs'
import { capture } from './process.mjs'
import { SetupFailure } from './failure.mjs'
import { step } from './step.mjs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
]
const PACKAGES = ['chromium', 'fonts-dejavu-core']

/** Path of a Chromium for the browser tests: CHROMIUM_PATH, one on the machine, else Debian's (installed when root). */
export async function ensureChromium(env = process.env) {
  const found = [env.CHROMIUM_PATH, ...PLACES].find((path) => path !== undefined && existsSync(path))
  if (found !== undefined) return found
  if (process.getuid?.() !== 0) throw new SetupFailure(missing('not running as root'))
  await step('Chromium from Debian packages', installFromDebian)
  return PLACES[0]
}

async function installFromDebian() {
  await capture('apt-get', ['update', '-qq'])
  const { code } = await capture(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', ...PACKAGES],
    {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    },
  )
  if (code !== 0 || !existsSync(PLACES[0])) throw new SetupFailure(missing('apt-get could not install it'))
}

function missing(reason) {
  return `Chromium is missing and ${reason}: install it (Debian: apt install ${PACKAGES.join(' ')}) or set CHROMIUM_PATH.`
}
