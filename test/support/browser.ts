import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type BrowserContext, chromium, type Page, type Request } from 'playwright-core'
import { waitUntil } from './work.ts'

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable']

/**
 * Where this machine's Chromium is: CHROMIUM_PATH, else the usual places; null, and said aloud,
 * where there is none.
 */
export function findChromium(): string | null {
  const configured = process.env['CHROMIUM_PATH']
  const found =
    [...(configured ? [configured] : []), ...PATHS].find((file) => existsSync(file)) ?? null
  if (!found && process.env['FORECOURT_CI_RUN'])
    throw new Error(
      'The suite needs a Chromium: install Debian’s package chromium, or set CHROMIUM_PATH.',
    )
  if (!found)
    process.stdout.write(
      '\nNO CHROMIUM: the tests that need a browser are SKIPPED. Install Debian’s package ' +
        'chromium, or set CHROMIUM_PATH.\n',
    )
  return found
}

/** A browser with a profile of its own that is thrown away, and what its pages complained about. */
export type Browser = {
  /** A new page in a session of its own would need another browser: all pages share the cookies. */
  open: (width?: number, height?: number) => Promise<Page>
  /** Waits until a page waits for no answer and has nothing left to do. */
  untilIdle: (page: Page) => Promise<void>
  /** Console errors, uncaught exceptions, CSP violations and failed answers of the panel so far. */
  complaints: string[]
  context: BrowserContext
  close: () => Promise<void>
}

/** Starts a browser in light or dark. */
export async function openBrowser(
  executablePath: string,
  colorScheme: 'light' | 'dark' = 'light',
): Promise<Browser> {
  const profile = await mkdtemp(path.join(tmpdir(), 'forecourt-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    colorScheme,
    viewport: { width: 1280, height: 800 },
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  const complaints: string[] = []
  const underWay = new Map<Page, Set<Request>>()
  const open = async (width = 1280, height = 800) => {
    const page = await context.newPage()
    await page.setViewportSize({ width, height })
    listen(page, complaints)
    underWay.set(page, trackRequests(page))
    return page
  }
  const isIdle = async (page: Page) => {
    await page.evaluate(waitForIdleMoment)
    return underWay.get(page)?.size === 0
  }
  // an answer may lead to the next request, after a moment
  const untilIdle = (page: Page) =>
    waitUntil(async () => (await isIdle(page)) && (await isIdle(page)), 'the page is idle')
  const close = async () => {
    await context.close()
    await rm(profile, { recursive: true, force: true })
  }
  return { open, untilIdle, complaints, context, close }
}

/** The requests that a page waits for; a live stream has no end, and is none. */
function trackRequests(page: Page): Set<Request> {
  const underWay = new Set<Request>()
  page.on('request', (request) => {
    if (request.resourceType() !== 'eventsource') underWay.add(request)
  })
  const end = (request: Request) => void underWay.delete(request)
  page.on('requestfinished', end).on('requestfailed', end)
  return underWay
}

/** In the page: until it has drawn, and its scripts have nothing to do. */
const waitForIdleMoment = () =>
  new Promise<void>((resolve) => {
    const whenIdle = (then: () => void) => requestIdleCallback(then, { timeout: 1_000 })
    requestAnimationFrame(() => whenIdle(() => whenIdle(resolve)))
  })

/**
 * Chromium reports violations of the policy as console errors ("Refused to …", "violates the
 * following").
 */
function listen(page: Page, complaints: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error')
      complaints.push(`${page.url()}: ${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
}
