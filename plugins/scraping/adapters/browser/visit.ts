import type { Page as Tab } from 'puppeteer'
import type { EgressResponse, EgressRequest } from '../../../../src/egress/egress.ts'
import { ScrapeFailure } from '../../domain/scrape-failure.ts'
import { decodePage } from '../page-text.ts'
import { readHtml, type MoreButton } from './page-scripts.ts'
import { loadAllCars } from './load-more.ts'
import { PageDocuments } from './page-documents.ts'
import { PagePacer } from './page-pacer.ts'
import { PageTraffic } from './page-traffic.ts'

/**
 * The result of a visit. `source` is the page before the browser repaired it; null if the response
 * is not a page, and `body` contains that response. `unfinished` and `failure` are as in
 * FetchedPage.
 */
export type VisitResult = {
  status: number
  url: string
  headers: Readonly<Record<string, string>>
  body: Buffer
  source: string | null
  unfinished: string | null
  failure: ScrapeFailure | null
}

/**
 * The options of a visit. `page` limits the loading, and `clicking` the clicks on the button, both
 * in milliseconds.
 */
export type VisitOptions = {
  url: string
  userAgent: string
  send: (sent: EgressRequest & { signal: AbortSignal }, pace: PagePacer) => Promise<EgressResponse>
  more: MoreButton | null
  page: number
  gap: number
  clicking: number
}

/** The maximum length of a page, the same as without a browser. */
const MAX_CHARACTERS = 5_000_000
/** The minimum pause between two clicks. */
const MIN_CLICK_GAP_MS = 500
/**
 * The time in which a page must become idle after it has loaded, and the additional time for the
 * last click.
 */
const IDLE_TIMEOUT_MS = 30_000
const LAST_CLICK_TIMEOUT_MS = 45_000

/** Returns the maximum duration of a visit in milliseconds for these limits. */
export const computeMaxVisitMs = (page: number, clicking: number): number =>
  page + IDLE_TIMEOUT_MS + (clicking === 0 ? 0 : clicking + LAST_CLICK_TIMEOUT_MS)

/** A visit to one page in its own tab. */
export class Visit {
  readonly #tab: Tab
  readonly #visiting: VisitOptions
  readonly #documents: PageDocuments
  readonly #traffic: PageTraffic
  readonly #ends = new AbortController()
  readonly #unlink: () => void
  /** Aborted when the page exceeds its time limit or the caller cancels. */
  readonly abortSignal: AbortSignal
  readonly #began = Date.now()
  #timer: NodeJS.Timeout | undefined
  #isTimedOut = false

  constructor(tab: Tab, options: VisitOptions, signal: AbortSignal) {
    const ends = this.#ends.signal
    const pace = new PagePacer(options.gap, ends)
    const cancel = () => this.#ends.abort(signal.reason)
    this.#unlink = () => signal.removeEventListener('abort', cancel)
    signal.addEventListener('abort', cancel)
    if (signal.aborted) cancel()
    this.abortSignal = ends
    this.#tab = tab
    this.#visiting = options
    this.#documents = new PageDocuments(tab, (sent) =>
      options.send({ ...sent, signal: ends }, pace),
    )
    this.#traffic = new PageTraffic(tab, this.#documents, pace)
    this.#allow(options.page)
  }

  /** Whether the page has exceeded its time limit. */
  get isTimedOut(): boolean {
    return this.#isTimedOut
  }

  /**
   * Opens the page and returns its content when it is idle. Throws EgressFailure and ScrapeFailure
   * if there is none.
   */
  async open(): Promise<VisitResult> {
    const { url, userAgent, more } = this.#visiting
    await this.#tab.setUserAgent({ userAgent })
    await this.#tab.setRequestInterception(true)
    this.#tab.on('dialog', (dialog) => void dialog.dismiss().catch(() => 'The tab was closed.'))
    this.#tab.on('popup', (popup) => void popup?.close().catch(() => 'It no longer exists.'))
    await this.#tab
      .goto(url, { waitUntil: 'domcontentloaded', timeout: 0 })
      .catch((error: unknown) => this.#refuseUnanswered(error))
    if (this.#documents.hasPage) this.#allow(IDLE_TIMEOUT_MS)
    if (this.#documents.hasPage) await this.#traffic.waitUntilIdle(this.abortSignal)
    if (!this.#documents.hasPage) return this.#asSent()
    this.#documents.blockNavigation()
    const unfinished = more ? await this.#showAll(more) : null
    return this.#asShown(unfinished)
  }

  /** Creates the failure of a page that timed out, with what it was doing. */
  createTimeoutFailure(cause: unknown): ScrapeFailure {
    const { host } = new URL(this.#visiting.url)
    const [seconds, { oldestPending }] = [
      Math.round((Date.now() - this.#began) / 1000),
      this.#traffic,
    ]
    const describe = () => {
      if (!this.#documents.hasPage)
        return `${host} did not respond in time: no page arrived within ${seconds} s.`
      const responded =
        `${host} responded, but its page had not finished loading in the browser after ` +
        `${seconds} s`
      return oldestPending === null
        ? `${responded}: its own scripts keep it busy.`
        : `${responded}: it is still waiting for ${oldestPending}.`
    }
    return new ScrapeFailure('timeout', describe(), { cause })
  }

  /** Clears the time limit of the visit, and lets go of the caller's signal. */
  dispose(): void {
    clearTimeout(this.#timer)
    this.#unlink()
  }

  #allow(milliseconds: number): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => {
      this.#isTimedOut = !this.#ends.signal.aborted
      this.#ends.abort(new Error('The page took too long.'))
    }, milliseconds)
  }

  /** The browser reports only that there is no page; PageDocuments knows why. */
  #refuseUnanswered(error: unknown): void {
    const { failure, answer } = this.#documents
    if (failure) throw failure
    if (answer === null) throw error
  }

  #showAll(more: MoreButton): Promise<string | null> {
    const { clicking } = this.#visiting
    const gap = Math.max(this.#visiting.gap, MIN_CLICK_GAP_MS)
    this.#allow(clicking + LAST_CLICK_TIMEOUT_MS)
    const page = {
      tab: this.#tab,
      documents: this.#documents,
      traffic: this.#traffic,
      signal: this.abortSignal,
    }
    return loadAllCars(page, more, { gap, clicking })
  }

  /**
   * Returns a response that the browser does not display: an error status, an invalid redirect, or
   * content other than a page.
   */
  #asSent(): VisitResult {
    this.#refuseUnanswered(
      new ScrapeFailure('network', `No page loaded from ${this.#visiting.url}.`),
    )
    const { status, url, headers, body } = this.#documents.answer as NonNullable<
      PageDocuments['answer']
    >
    return { status, url, headers, body, source: null, unfinished: null, failure: null }
  }

  async #asShown(unfinished: string | null): Promise<VisitResult> {
    const { status, headers, body } = this.#documents.answer as NonNullable<PageDocuments['answer']>
    const html = await readHtml(this.#tab, MAX_CHARACTERS)
    if (html === null)
      throw new ScrapeFailure(
        'parse',
        `${this.#tab.url().slice(0, 200)} has more than ${MAX_CHARACTERS} characters and ` +
          'was not read.',
      )
    const [failure = null] = this.#traffic.failures
    return {
      status,
      url: this.#tab.url(),
      body: Buffer.from(html),
      unfinished,
      failure,
      headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
      source: decodePage(body, headers['content-type'] ?? ''),
    }
  }
}
