import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { run } from './processes.mjs'
import { step } from './screen.mjs'
import { tool } from './tools.mjs'

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const works = (path) =>
  path && existsSync(path) && spawnSync(path, ['--version'], { timeout: 20_000 }).status === 0

/** One that is there; else Playwright's; else the distribution's. Undefined when none can be had. */
export async function findChromium() {
  const there = [process.env.CHROMIUM_PATH, ...usual].find(works)
  if (there) return there
  const { chromium } = await import('@playwright/test')
  const own = () => [chromium.executablePath()].find(works)
  if (own()) return own()
  await step('fetching a Chromium (once)', () =>
    tool('playwright', ['install', 'chromium'], { timeout: 300_000 }),
  )
  if (own()) return own()
  await step('installing the distribution’s Chromium (once)', packaged)
  return usual.find(works)
}

async function packaged() {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', 'chromium']]) {
    const [file, ...rest] = [...asRoot, 'apt-get', ...args]
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const { code } = await run(file, rest, { env, timeout: 600_000 })
    if (code !== 0) return
  }
}
