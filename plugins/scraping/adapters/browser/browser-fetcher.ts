import { setTimeout as sleep } from 'node:timers/promises'
import type { HTTPResponse, Page as Tab } from 'puppeteer'
import { addressOf, Egress } from '../../../../src/egress/egress.ts'
import type { PageFetcher } from '../../domain/fetching.ts'
import type { PageRequest } from '../../domain/pages.ts'
import { ScrapeFailure } from '../../domain/scrape-failure.ts'
import { failureOf, pageOf, politeFetcher, politely, type Politeness } from '../polite-fetcher.ts'
import { forbidden } from '../robots.ts'
import { turnsOf } from '../turns.ts'
import { findChromium } from './find-chromium.ts'
import { openGuardProxy } from './guard-proxy.ts'
import { type Chromium, launchChromium } from './launch.ts'

/** `clickMore`: the selector of a button that shows more cars, pressed until it is gone. `page`: the milliseconds that a page may take. */
export type BrowserOptions = {
  executable?: string | undefined
  clickMore?: string | undefined
  withoutSandbox?: boolean
  mostMemory?: number
  page?: number
}

const PAGE_MS = 30_000
const QUIET_MS = 500
/** As many pages as one run opens, and as often as one page is asked for more. */
const [MOST_PAGES, MOST_CLICKS] = [200, 100]
/** As much of a page as is read, like without a browser. */
const MOST_LETTERS = 5_000_000
const NOT_LOADED: readonly string[] = ['image', 'media', 'font', 'texttrack', 'manifest']

/**
 * Reads pages as a visitor's browser shows them. Launched with the first page and closed with the run; everything that the pages load
 * goes through the gate. Requests that are no page (a search that is posted) are sent without it.
 */
export async function browserFetcher(politeness: Politeness, options: BrowserOptions = {}): Promise<PageFetcher> {
  const executable = findChromium(options.executable)
  const proxy = await openGuardProxy(politeness.gate)
  const egress = new Egress(politeness.gate)
  const plain = politeFetcher(politeness)
  const polite = politely(politeness, egress)
  const turns = turnsOf(politeness.book, (options.page ?? PAGE_MS) + 30_000)
  const lasting = oneBrowser(() => launchChromium({ ...options, executable, proxy: proxy.url }))
  const opened = { pages: 0 }
  const shown = async (request: PageRequest, signal: AbortSignal) => {
    const url = addressOf(request.url)
    const manners = await polite.manners(url, signal)
    if (!manners.mayRead(url)) throw forbidden(url)
    if (++opened.pages > MOST_PAGES) throw new ScrapeFailure('incomplete', `The site has more than ${MOST_PAGES} pages.`)
    const gap = polite.gap(url, manners)
    const seen = await turns(
      url,
      () => gap,
      async () => look(await lasting.take(), request, { ...options, gap, userAgent: politeness.userAgent }, signal),
      signal,
    )
    const landed = addressOf(seen.url)
    if (!(await polite.manners(landed, signal)).mayRead(landed)) throw forbidden(landed)
    return pageOf(request, null, seen)
  }
  return {
    fetch: (request, kept, signal) =>
      isPage(request)
        ? shown(request, signal).catch((error: unknown) => {
            signal.throwIfAborted()
            throw failureOf(error)
          })
        : plain.fetch(request, kept, signal),
    close: async () => {
      await lasting.close()
      await Promise.all([proxy.close(), plain.close(), egress.close()])
    },
  }
}

/** A browser that is launched when it is first asked for, and again after it ended. */
function oneBrowser(launch: () => Promise<Chromium>) {
  const open: { chromium: Chromium | null } = { chromium: null }
  return {
    take: async (): Promise<Chromium> => {
      if (open.chromium?.ended()) await open.chromium.close()
      if (!open.chromium || open.chromium.ended()) open.chromium = await launch()
      return open.chromium
    },
    close: async () => open.chromium?.close(),
  }
}

const isPage = ({ method = 'GET', headers = {} }: PageRequest) =>
  method === 'GET' && !Object.entries(headers).some(([name, value]) => /^accept$/i.test(name) && /json/i.test(value))

type Looking = BrowserOptions & { gap: number; userAgent: string }

/** Opens a page in a tab of its own, and takes what it shows once it has come to rest. */
async function look(chromium: Chromium, request: PageRequest, options: Looking, signal: AbortSignal) {
  const late = AbortSignal.timeout(options.page ?? PAGE_MS)
  const ends = AbortSignal.any([signal, late])
  const tab = await chromium.browser.newPage()
  try {
    return await Promise.race([visit(tab, request, options, ends), failing(ends)])
  } catch (error) {
    signal.throwIfAborted()
    const { host } = new URL(request.url)
    const why = chromium.ended()
    if (why !== null) throw new ScrapeFailure('network', `${host} brought the browser down. ${why}`, { cause: error })
    if (late.aborted) throw new ScrapeFailure('timeout', `${host} did not come to rest in the browser in time.`, { cause: error })
    if (error instanceof Error && error.name === 'ScrapeFailure') throw error
    throw new ScrapeFailure('network', `${host} could not be reached in the browser.`, { cause: error })
  } finally {
    if (late.aborted || signal.aborted) await chromium.close()
    else await tab.close().catch(() => 'It is gone already.')
  }
}

const failing = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const fail = () => reject(signal.reason instanceof Error ? signal.reason : new Error('It was broken off.'))
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail, { once: true })
  })

async function visit(tab: Tab, request: PageRequest, { clickMore, gap, userAgent, page = PAGE_MS }: Looking, ends: AbortSignal) {
  await tab.setUserAgent(userAgent)
  await tab.setRequestInterception(true)
  tab.on('request', (asked) => {
    const allowed = /^(https?|data|blob):/i.test(asked.url()) && !NOT_LOADED.includes(asked.resourceType())
    void (allowed ? asked.continue() : asked.abort()).catch(() => 'The tab is gone.')
  })
  tab.on('dialog', (dialog) => void dialog.dismiss().catch(() => 'The tab is gone.'))
  const response = await tab.goto(request.url, { waitUntil: 'domcontentloaded', timeout: page })
  if (!response) throw new ScrapeFailure('network', `${request.url} showed no page.`)
  if (!response.ok()) return { status: response.status(), url: tab.url(), headers: response.headers(), body: Buffer.alloc(0) }
  await rest(tab)
  if (clickMore !== undefined) await clickUntilGone(tab, clickMore, Math.max(gap, QUIET_MS), ends)
  return { status: response.status(), url: tab.url(), headers: response.headers(), body: await shownBy(tab, response) }
}

/** Until the page loads nothing any more; one that never rests is read as it is. */
const rest = (tab: Tab) =>
  tab.waitForNetworkIdle({ idleTime: QUIET_MS, timeout: 8_000 }).catch((error: Error) => {
    if (error.name !== 'TimeoutError') throw error
  })

async function clickUntilGone(tab: Tab, selector: string, gap: number, ends: AbortSignal): Promise<void> {
  for (let clicks = 0; clicks < MOST_CLICKS; clicks++) {
    const more = await tab.$(selector)
    if (!more || !(await more.isVisible())) return
    await sleep(gap, undefined, { signal: ends })
    await more.evaluate((button) => (button as HTMLElement).click())
    await rest(tab)
  }
}

async function shownBy(tab: Tab, response: HTTPResponse): Promise<Buffer> {
  if (!/html|^$/i.test(response.headers()['content-type'] ?? '')) return response.buffer().then((body) => Buffer.from(body))
  const html = await tab.evaluate((most) => {
    const letters = document.documentElement.outerHTML
    return letters.length > most ? null : letters
  }, MOST_LETTERS)
  if (html === null)
    throw new ScrapeFailure('parse', `${tab.url().slice(0, 200)} is larger than ${MOST_LETTERS} letters, and is not read.`)
  return Buffer.from(html)
}
