import { setTimeout as sleep } from 'node:timers/promises'
import type { HTTPRequest, HTTPResponse, Page as Tab } from 'puppeteer'
import { isProxyError } from '../../../../src/egress/guard-proxy.ts'
import { ScrapeFailure } from '../../domain/scrape-failure.ts'
import { parseJson } from '../../platforms/json-response.ts'
import type { PageDocuments } from './page-documents.ts'
import type { PagePacer } from './page-pacer.ts'

const BLOCKED_TYPES: readonly string[] = ['image', 'media', 'font', 'texttrack', 'manifest', 'ping']
/** Browsers request it automatically. */
const ICON = /\/favicon\.ico$/
/** The resource types that keep a page from being idle. */
const LOADING_TYPES: readonly string[] = ['document', 'stylesheet', 'script', 'xhr', 'fetch']
/**
 * The resource types that are paced: frames and the requests of scripts. Scripts and styles load
 * without delay.
 */
const PACED_TYPES: readonly string[] = ['document', 'xhr', 'fetch', 'eventsource', 'other']
/** The resource types that may contain the data of cars. */
const CAR_DATA_TYPES: readonly string[] = ['script', 'xhr', 'fetch']
/** The maximum number of requests of one page to its own site. */
const MAX_REQUESTS = 250
const IDLE_MS = 500
const POLL_INTERVAL_MS = 100
/**
 * The time after which a page that is still loading is read as it is; the second limit includes
 * waiting for its own paced requests.
 */
const [MAX_BUSY_MS, MAX_IDLE_WAIT_MS] = [8_000, 20_000]
/**
 * The requests of one tab apart from its pages: paced if they go to the same site, and recorded if
 * they fail.
 */
export class PageTraffic {
  readonly #documents: PageDocuments
  readonly #pace: PagePacer
  readonly #open = new Map<HTTPRequest, { url: string; at: number }>()
  /** The functions that release the pacer for requests in progress. */
  readonly #turns = new Map<HTTPRequest, () => void>()
  readonly #refused = new WeakSet<HTTPRequest>()
  #sent = 0
  #waiting = 0
  #changedAt = performance.now()
  /** Failures of requests that the page needs from its own site, oldest first. */
  readonly failures: ScrapeFailure[] = []

  constructor(tab: Tab, documents: PageDocuments, pace: PagePacer) {
    this.#documents = documents
    this.#pace = pace
    tab.on('request', (request) => void this.#take(tab, request).catch(() => 'The tab was closed.'))
    tab.on('response', (response) => this.#onResponse(response))
    tab.on('requestfinished', (request) => this.#end(request))
    tab.on('requestfailed', (request) => this.#fail(request))
    tab.on('pageerror', (error) => this.#onPageError(error))
  }

  /** Whether a request is in progress or waits for the pacer. */
  get #isBusy(): boolean {
    return this.#open.size > 0
  }

  /** The path of the oldest request in progress; null if there is none. */
  get oldestPending(): string | null {
    const [oldest] = this.#open.values()
    return oldest ? new URL(oldest.url).pathname : null
  }

  /**
   * Whether a request that may contain cars was started at or after `moment` (from
   * `performance.now()`) and is still in progress.
   */
  isBusySince(moment: number): boolean {
    return [...this.#open].some(
      ([request, { at }]) => at >= moment && CAR_DATA_TYPES.includes(request.resourceType()),
    )
  }

  /**
   * Waits until the page has finished loading. A page that never finishes is read as it is. Throws
   * the signal's reason.
   */
  async waitUntilIdle(signal: AbortSignal): Promise<void> {
    for (
      let [busy, all] = [0, 0];
      busy < MAX_BUSY_MS && all < MAX_IDLE_WAIT_MS;
      all += POLL_INTERVAL_MS
    ) {
      if (!this.#isBusy && performance.now() - this.#changedAt >= IDLE_MS) return
      if (this.#waiting === 0) busy += POLL_INTERVAL_MS
      await sleep(POLL_INTERVAL_MS, undefined, { signal })
    }
  }

  async #take(tab: Tab, request: HTTPRequest): Promise<void> {
    const [url, type] = [request.url(), request.resourceType()]
    if (!/^(https?|data|blob):/i.test(url) || BLOCKED_TYPES.includes(type) || ICON.test(url))
      return request.abort()
    if (!/^http/i.test(url)) return request.continue()
    if (LOADING_TYPES.includes(type))
      this.#change(() => this.#open.set(request, { url, at: performance.now() }))
    if (request.isNavigationRequest() && request.frame() === tab.mainFrame())
      return this.#documents
        .open(request)
        .finally(() => this.#change(() => this.#open.delete(request)))
    if (!PACED_TYPES.includes(type) || !this.#isOwn(url)) return request.continue()
    if (++this.#sent > MAX_REQUESTS) return this.#refuse(request)
    this.#waiting += 1
    this.#turns.set(request, await this.#pace.acquire().finally(() => (this.#waiting -= 1)))
    await request.continue().catch(() => this.#end(request))
  }

  /**
   * Aborts a request beyond the limit. The limit is ours, so this does not count as a failure of
   * the site.
   */
  async #refuse(request: HTTPRequest): Promise<void> {
    this.#refused.add(request)
    if (this.#sent === MAX_REQUESTS + 1)
      this.#note(
        'network',
        `The page sent more requests to its own site than the limit of ${MAX_REQUESTS}.`,
      )
    await request.abort()
  }

  #onResponse(response: HTTPResponse): void {
    const [request, status, url] = [response.request(), response.status(), new URL(response.url())]
    if (!this.#isNeeded(request)) return
    if (isProxyError(status))
      this.#note(
        'network',
        `${url.host} closed the connection or could not be reached for ${url.pathname}.`,
      )
    else if ([401, 403, 429].includes(status))
      this.#note('blocked', `${url.host} denies access to ${url.pathname} (${status}).`)
    else if (status >= 500)
      this.#note('network', `${url.host} responded with ${status} for ${url.pathname}.`)
    else if (status < 300 && /json/i.test(response.headers()['content-type'] ?? ''))
      void this.#readJson(response, url)
  }

  async #readJson(response: HTTPResponse, { pathname }: URL): Promise<void> {
    const text = await response.text().catch(() => '')
    if (text.trim() !== '' && parseJson(text) === undefined)
      this.#note(
        'parse',
        `${pathname} is declared as JSON but is not: it starts with ` +
          `${JSON.stringify(text.slice(0, 60))}.`,
      )
  }

  /** Records an error of a script that cannot read the data it loaded. */
  #onPageError(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error)
    if (/JSON/i.test(message))
      this.#note(
        'parse',
        `A script on the page could not read the data it loaded: ${message.slice(0, 200)}.`,
      )
  }

  #end(request: HTTPRequest): void {
    this.#change(() => this.#open.delete(request))
    this.#turns.get(request)?.()
    this.#turns.delete(request)
  }

  #fail(request: HTTPRequest): void {
    const { host, pathname } = new URL(request.url(), 'http://nowhere')
    if (!this.#refused.has(request) && this.#isNeeded(request))
      this.#note(
        'network',
        `${host} closed the connection or could not be reached for ${pathname}.`,
      )
    this.#end(request)
  }

  #change(work: () => void): void {
    work()
    this.#changedAt = performance.now()
  }

  #note(type: 'network' | 'blocked' | 'parse', message: string): void {
    this.failures.push(new ScrapeFailure(type, message))
  }

  #isNeeded = (request: HTTPRequest): boolean =>
    CAR_DATA_TYPES.includes(request.resourceType()) && this.#isOwn(request.url())

  /** Whether a URL belongs to the site that the tab shows. */
  #isOwn(url: string): boolean {
    const { answer } = this.#documents
    return (
      answer !== null && /^http/i.test(url) && new URL(url).origin === new URL(answer.url).origin
    )
  }
}
