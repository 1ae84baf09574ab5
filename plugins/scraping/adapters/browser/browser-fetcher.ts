import { addressOf, type Answer, Egress, EGRESS_LIMITS } from '../../../../src/egress/egress.ts'
import { asEgressFailure } from '../../../../src/egress/failure.ts'
import type { CarMarks } from '../../domain/more-button.ts'
import { looksBlocked } from '../../domain/blocked-page.ts'
import type { FetchedPage, PageFetcher } from '../../domain/fetching.ts'
import { garbled, looksGarbled } from '../../domain/garbled-page.ts'
import type { PageRequest } from '../../domain/pages.ts'
import { asPutOff, isScrapeFailure, ScrapeFailure } from '../../domain/scrape-failure.ts'
import { failureOf, pageOf, type Polite, politeFetcher, politely, type Politeness } from '../polite-fetcher.ts'
import { forbidden } from '../robots.ts'
import { type Turns, turnsOf } from '../turns.ts'
import { findChromium } from './find-chromium.ts'
import { openGuardProxy } from './guard-proxy.ts'
import { type Chromium, launchChromium } from './launch.ts'
import { findSourceProblem } from './source-problem.ts'
import { longestVisit, type Seen, Visit, type Visiting } from './visit.ts'

/**
 * `clickMore`: the selector of a button that shows more cars, pressed until it brings none; `cars`: how those are told apart. `page`: the
 * milliseconds that a page may take to load; `clicking`: those that its button is pressed for.
 */
export type BrowserOptions = {
  executable?: string | undefined
  clickMore?: string | undefined
  cars?: CarMarks | undefined
  withoutSandbox?: boolean
  mostMemory?: number
  page?: number
  clicking?: number
}

const PAGE_MS = 30_000
const CLICKING_MS = 90_000
/** As many pages as one run opens. */
const MOST_PAGES = 200

/** What a fetcher keeps from page to page. */
type Kept = {
  polite: Polite
  egress: Egress
  turns: Turns
  browser: ReturnType<typeof oneBrowser>
  how: Pick<Visiting, 'more' | 'page' | 'clicking'>
}

/**
 * Reads pages as a visitor's browser shows them. Launched with the first page and closed with the run; everything that the pages load
 * goes through the gate. The pages themselves are fetched like without a browser, and shown by it. Requests that are no page (a search
 * that is posted) are sent without it.
 */
export async function browserFetcher(politeness: Politeness, options: BrowserOptions = {}): Promise<PageFetcher> {
  const { page = PAGE_MS, clicking = CLICKING_MS, clickMore, cars } = options
  const more = clickMore === undefined ? null : { selector: clickMore, cars }
  const executable = findChromium(options.executable)
  const proxy = await openGuardProxy(politeness.gate)
  /* A page that is slow to come is named so before the browser's own limit ends. */
  const egress = new Egress(politeness.gate, { whole: Math.min(page - Math.min(3_000, page / 4), EGRESS_LIMITS.whole) })
  const plain = politeFetcher(politeness)
  const browser = oneBrowser(() => launchChromium({ ...options, executable, proxy: proxy.url }))
  const turns = turnsOf(politeness.book, longestVisit(page, more ? clicking : 0) + 30_000)
  const kept = { polite: politely(politeness, egress), egress, turns, browser, how: { more, page, clicking } }
  const opened = { pages: 0 }
  return {
    fetch: async (request, known, signal) => {
      if (!isPage(request)) return plain.fetch(request, known, signal)
      if (++opened.pages > MOST_PAGES) throw new ScrapeFailure('incomplete', `The site has more than ${MOST_PAGES} pages.`)
      return shownPage(request, kept, politeness.userAgent, signal).catch((error: unknown) => {
        signal.throwIfAborted()
        throw failureOf(error)
      })
    },
    close: async () => {
      await browser.close()
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

/** A page as a browser shows it, opened in the turn of its origin. */
async function shownPage(request: PageRequest, kept: Kept, userAgent: string, signal: AbortSignal): Promise<FetchedPage> {
  const { polite, turns, browser, how } = kept
  const url = addressOf(request.url)
  const manners = await polite.manners(url, signal)
  if (!manners.mayRead(url)) throw forbidden(url)
  const gap = polite.gap(url, manners)
  const visiting = { ...how, url: url.href, userAgent, send: sendingFrom(url, kept), gap }
  const seen = await turns(
    url,
    () => gap,
    async () => look(await browser.take(), visiting, signal),
    signal,
  )
  const landed = addressOf(seen.url)
  if (!(await polite.manners(landed, signal)).mayRead(landed)) throw forbidden(landed)
  return fetchedPage(request, seen)
}

/**
 * Sends for the pages of a visit: to the origin whose turn it holds after a pause, to another one in a turn of that. Two sites that redirect
 * to each other may wait for each other until the limit of the page ends.
 */
const sendingFrom =
  ({ origin }: URL, { polite, egress, turns }: Kept): Visiting['send'] =>
  async (sent, pace): Promise<Answer> => {
    const url = addressOf(sent.url)
    const manners = await polite.manners(url, sent.signal)
    if (!manners.mayRead(url)) throw forbidden(url)
    if (url.origin !== origin)
      return turns(
        url,
        () => polite.gap(url, manners),
        () => egress.send(sent),
        sent.signal,
      )
    const end = await pace.turn()
    return egress.send(sent).finally(end)
  }

/** Opens a page in a tab of its own, and takes what it shows once it has come to rest. */
async function look(chromium: Chromium, visiting: Visiting, signal: AbortSignal): Promise<Seen> {
  const tab = await chromium.browser.newPage()
  const visit = new Visit(tab, visiting, signal)
  try {
    return await Promise.race([visit.see(), failing(visit.ends)])
  } catch (error) {
    signal.throwIfAborted()
    const { host } = new URL(visiting.url)
    const why = chromium.ended()
    if (why !== null) throw new ScrapeFailure('network', `${host} brought the browser down. ${why}`, { cause: error })
    if (visit.isLate) throw visit.tooLate(error)
    if (asEgressFailure(error) || asPutOff(error) || isScrapeFailure(error)) throw error
    throw new ScrapeFailure('network', `${host} could not be shown by the browser.`, { cause: error })
  } finally {
    visit.end()
    if (visit.isLate || signal.aborted) await chromium.close()
    else await tab.close().catch(() => 'It is gone already.')
  }
}

const failing = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const fail = () => reject(signal.reason instanceof Error ? signal.reason : new Error('It was broken off.'))
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail, { once: true })
  })

/** What was seen as a page to read. Throws ScrapeFailure for a page that was none before the browser mended it. */
function fetchedPage(request: PageRequest, seen: Seen): FetchedPage {
  const fetched = pageOf(request, null, seen)
  const problem = seen.source === null ? null : findSourceProblem(seen.source, seen.url)
  if (problem !== null && !looksBlocked(fetched.page.body))
    throw new ScrapeFailure('parse', `${new URL(seen.url).pathname} could not be read: ${problem}`)
  const failure = seen.failure ?? (seen.source !== null && looksGarbled(seen.source) ? garbled(seen.url) : null)
  return { ...fetched, unfinished: seen.unfinished, failure }
}
