import {
  parseEgressUrl,
  type EgressResponse,
  Egress,
  EGRESS_LIMITS,
} from '../../../../src/egress/egress.ts'
import { asEgressFailure } from '../../../../src/egress/failure.ts'
import { openGuardProxy } from '../../../../src/egress/guard-proxy.ts'
import type { CarSelectors } from '../../domain/more-button.ts'
import { isBlockedPage } from '../../domain/blocked-page.ts'
import type { FetchedPage, PageFetcher } from '../../domain/fetching.ts'
import { createGarbledPageFailure, isGarbled } from '../../domain/garbled-page.ts'
import type { PageRequest } from '../../domain/pages.ts'
import { findRetryAfterError, isScrapeFailure, ScrapeFailure } from '../../domain/scrape-failure.ts'
import {
  mapEgressFailure,
  toFetchedPage,
  type OriginRules,
  createPoliteFetcher,
  createOriginRules,
  type PolitenessSettings,
} from '../polite-fetcher.ts'
import { createRobotsFailure } from '../robots.ts'
import { type SendInSlot, createSlotSender } from '../origin-slots.ts'
import { findChromium } from './find-chromium.ts'
import type { Chromium } from './launch.ts'
import { findSourceProblem } from './source-problem.ts'
import { computeMaxVisitMs, type VisitResult, Visit, type VisitOptions } from './visit.ts'

/**
 * The options of a browser fetcher. `clickMore` is the selector of a button that is clicked until
 * it shows no more cars, and `cars` is how those cars are distinguished. `page` limits the loading
 * of a page, and `clicking` the clicks on its button, both in milliseconds.
 */
export type BrowserOptions = {
  executable?: string | undefined
  clickMore?: string | undefined
  cars?: CarSelectors | undefined
  withoutSandbox?: boolean
  maxMemory?: number
  page?: number
  clicking?: number
}

const PAGE_TIMEOUT_MS = 30_000
const CLICK_TIMEOUT_MS = 90_000
/** The maximum number of pages that one run opens. */
const MAX_BROWSER_PAGES = 200

/** The state that a fetcher keeps between pages. */
type FetcherState = {
  originRules: OriginRules
  egress: Egress
  sendInSlot: SendInSlot
  browser: ReturnType<typeof createLazyBrowser>
  visitOptions: Pick<VisitOptions, 'more' | 'page' | 'clicking'>
}

/**
 * Creates a fetcher that reads pages as a browser displays them. The browser starts with the first
 * page and is closed with the run; everything that the pages load passes the gate. The pages
 * themselves are fetched with the same rules as without a browser and then displayed in it.
 * Requests for data instead of a page, such as a POST search, do not use the browser.
 */
export async function createBrowserFetcher(
  politeness: PolitenessSettings,
  options: BrowserOptions = {},
): Promise<PageFetcher> {
  const { page = PAGE_TIMEOUT_MS, clicking = CLICK_TIMEOUT_MS, clickMore, cars } = options
  const more = clickMore === undefined ? null : { selector: clickMore, cars }
  const executable = findChromium(options.executable)
  const proxy = await openGuardProxy(politeness.gate)
  /* This limit ends before the browser's own, so that a slow page is reported as slow. */
  const egress = new Egress(politeness.gate, {
    total: Math.min(page - Math.min(3_000, page / 4), EGRESS_LIMITS.total),
  })
  const plain = createPoliteFetcher(politeness)
  const browser = createLazyBrowser(async () => {
    const { launchChromium } = await import('./launch.ts') // loads puppeteer
    return launchChromium({ ...options, executable, proxy: proxy.url })
  })
  const sendInSlot = createSlotSender(
    politeness.pacing,
    computeMaxVisitMs(page, more ? clicking : 0) + 30_000,
  )
  const state = {
    originRules: createOriginRules(politeness, egress),
    egress,
    sendInSlot,
    browser,
    visitOptions: { more, page, clicking },
  }
  const opened = { pages: 0 }
  return {
    fetch: async (request, cached, signal) => {
      if (!isPage(request)) return plain.fetch(request, cached, signal)
      if (++opened.pages > MAX_BROWSER_PAGES)
        throw new ScrapeFailure('incomplete', `The site has more than ${MAX_BROWSER_PAGES} pages.`)
      return fetchInBrowser(request, state, politeness.userAgent, signal).catch(
        (error: unknown) => {
          signal.throwIfAborted()
          throw mapEgressFailure(error)
        },
      )
    },
    close: async () => {
      await browser.close()
      await Promise.all([proxy.close(), plain.close(), egress.close()])
    },
  }
}

/** Creates a browser that is launched on first use, and again if it has ended. */
function createLazyBrowser(launch: () => Promise<Chromium>) {
  const open: { chromium: Chromium | null } = { chromium: null }
  return {
    acquire: async (): Promise<Chromium> => {
      if (open.chromium?.getEndReason()) await open.chromium.close()
      if (!open.chromium || open.chromium.getEndReason()) open.chromium = await launch()
      return open.chromium
    },
    close: async () => open.chromium?.close(),
  }
}

const isPage = ({ method = 'GET', headers = {} }: PageRequest) =>
  method === 'GET' &&
  !Object.entries(headers).some(([name, value]) => /^accept$/i.test(name) && /json/i.test(value))

/** Opens a page in the browser while holding the slot of its origin. */
async function fetchInBrowser(
  request: PageRequest,
  state: FetcherState,
  userAgent: string,
  signal: AbortSignal,
): Promise<FetchedPage> {
  const { originRules, sendInSlot, browser, visitOptions } = state
  const url = parseEgressUrl(request.url)
  const rules = await originRules.loadRules(url, signal)
  if (!rules.isAllowed(url)) throw createRobotsFailure(url)
  const gap = originRules.getGap(url, rules)
  const options = {
    ...visitOptions,
    url: url.href,
    userAgent,
    send: createPageSender(url, state),
    gap,
  }
  const result = await sendInSlot(
    url,
    () => gap,
    async () => visitPage(await browser.acquire(), options, signal),
    signal,
  )
  const landed = parseEgressUrl(result.url)
  if (!(await originRules.loadRules(landed, signal)).isAllowed(landed))
    throw createRobotsFailure(landed)
  return toShownPage(request, result)
}

/**
 * Creates the function that fetches the documents of a visit. Requests to the origin whose slot the
 * visit holds only wait for the gap; requests to another origin acquire its slot. Two sites that
 * redirect to each other may block each other until the time limit of the page.
 */
const createPageSender =
  ({ origin }: URL, { originRules, egress, sendInSlot }: FetcherState): VisitOptions['send'] =>
  async (sent, pace): Promise<EgressResponse> => {
    const url = parseEgressUrl(sent.url)
    const rules = await originRules.loadRules(url, sent.signal)
    if (!rules.isAllowed(url)) throw createRobotsFailure(url)
    if (url.origin !== origin)
      return sendInSlot(
        url,
        () => originRules.getGap(url, rules),
        () => egress.send(sent),
        sent.signal,
      )
    const end = await pace.acquire()
    return egress.send(sent).finally(end)
  }

/** Opens a page in its own tab and returns its content when it is idle. */
async function visitPage(
  chromium: Chromium,
  options: VisitOptions,
  signal: AbortSignal,
): Promise<VisitResult> {
  const tab = await chromium.browser.newPage()
  const visit = new Visit(tab, options, signal)
  try {
    return await Promise.race([visit.open(), rejectOnAbort(visit.abortSignal)])
  } catch (error) {
    signal.throwIfAborted()
    const { host } = new URL(options.url)
    const why = chromium.getEndReason()
    if (why !== null)
      throw new ScrapeFailure('network', `${host} crashed the browser. ${why}`, {
        cause: error,
      })
    if (visit.isTimedOut) throw visit.createTimeoutFailure(error)
    if (asEgressFailure(error) || findRetryAfterError(error) || isScrapeFailure(error)) throw error
    throw new ScrapeFailure('network', `The browser could not display ${host}.`, {
      cause: error,
    })
  } finally {
    visit.dispose()
    if (visit.isTimedOut || signal.aborted) await chromium.close()
    else await tab.close().catch(() => 'It no longer exists.')
  }
}

const rejectOnAbort = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const fail = () =>
      reject(signal.reason instanceof Error ? signal.reason : new Error('It was aborted.'))
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail, { once: true })
  })

/**
 * Converts the result of a visit to a page. Throws ScrapeFailure if the source was not a valid page
 * before the browser repaired it.
 */
function toShownPage(request: PageRequest, result: VisitResult): FetchedPage {
  const fetched = toFetchedPage(request, null, result)
  const problem = result.source === null ? null : findSourceProblem(result.source, result.url)
  if (problem !== null && !isBlockedPage(fetched.page.body))
    throw new ScrapeFailure(
      'parse',
      `${new URL(result.url).pathname} could not be read: ${problem}`,
    )
  const failure =
    result.failure ??
    (result.source !== null && isGarbled(result.source)
      ? createGarbledPageFailure(result.url)
      : null)
  return { ...fetched, unfinished: result.unfinished, failure }
}
