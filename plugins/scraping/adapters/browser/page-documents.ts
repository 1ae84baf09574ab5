import type { CDPSession, HTTPRequest, Page as Tab } from 'puppeteer'
import {
  type EgressResponse,
  findRedirect,
  type EgressRequest,
} from '../../../../src/egress/egress.ts'
import { ScrapeFailure } from '../../domain/scrape-failure.ts'

/**
 * Sends a request for a page in the slot of its origin, if robots.txt allows it. Throws
 * EgressFailure and ScrapeFailure.
 */
export type SendDocument = (sent: EgressRequest) => Promise<EgressResponse>

/** The maximum number of pages in one visit, including redirects and navigation by scripts. */
const MAX_DOCUMENTS = 10
/**
 * Response headers that are not passed on, because the browser applies them itself. With
 * `content-disposition`, a page would become a download.
 */
const SKIPPED_RESPONSE_HEADERS =
  /^(content-(encoding|length|disposition)|transfer-encoding|connection|keep-alive|set-cookie)$/i
/** Request headers that our own connection sets. */
const SKIPPED_REQUEST_HEADERS = /^(host|connection|content-length|accept-encoding|if-.*|:.*)$/i

/** Whether a browser displays a response as a page. */
const isShown = ({ status, headers }: EgressResponse) =>
  status >= 200 && status < 300 && /html|^$/i.test(headers['content-type'] ?? '')

/**
 * The pages that one tab opens. Each is fetched like without a browser, with the same rules and
 * error messages, and passed to the browser unchanged. `failure` is why there is no page; `answer`
 * is the last response, whether it is a page or not.
 */
export class PageDocuments {
  readonly #tab: Tab
  readonly #send: SendDocument
  #session: CDPSession | null = null
  #opened = 0
  #isStaying = false
  failure: Error | null = null
  answer: EgressResponse | null = null
  /**
   * The URL to which the page tried to navigate while navigation was blocked; null if it did not.
   */
  blockedUrl: string | null = null

  constructor(tab: Tab, send: SendDocument) {
    this.#tab = tab
    this.#send = send
  }

  /** Whether the last response is a page that the browser displays. */
  get hasPage(): boolean {
    return this.failure === null && this.answer !== null && isShown(this.answer)
  }

  /**
   * Keeps the tab on its current page from now on, whatever the page does. `blockedUrl` records
   * where it tried to navigate.
   */
  blockNavigation(): void {
    this.#isStaying = true
    this.blockedUrl = null
  }

  /** Handles the tab's request for a page. */
  async open(request: HTTPRequest): Promise<void> {
    if (this.#isStaying) {
      this.blockedUrl = request.url()
      return request.respond({ status: 204 })
    }
    try {
      const answer = await this.#send(await this.#requestFor(request))
      if (findRedirect(answer) === undefined) this.answer = answer
      if (findRedirect(answer) === undefined && !isShown(answer))
        return await request.abort('aborted')
      await request.respond(toBrowserResponse(answer))
    } catch (error) {
      this.failure ??= error instanceof Error ? error : new Error(String(error))
      await request.abort('aborted')
    }
  }

  async #requestFor(request: HTTPRequest): Promise<EgressRequest> {
    const [url, method] = [request.url(), request.method()]
    if (++this.#opened > MAX_DOCUMENTS)
      throw new ScrapeFailure(
        'network',
        `${new URL(url).host} redirects more than ${MAX_DOCUMENTS} times.`,
        { lasting: true },
      )
    if (method !== 'GET' && method !== 'POST')
      throw new ScrapeFailure(
        'parse',
        `${new URL(url).host} requests a page with ${method}, which is not supported.`,
      )
    const headers = Object.fromEntries(
      Object.entries(request.headers()).filter(([name]) => !SKIPPED_REQUEST_HEADERS.test(name)),
    )
    const cookies = await this.#cookiesFor(url)
    const body = method === 'POST' ? request.postData() : undefined
    return {
      url,
      method,
      headers: { 'accept-language': 'en', ...headers, ...(cookies !== '' && { cookie: cookies }) },
      ...(body !== undefined && { body }),
    }
  }

  async #cookiesFor(url: string): Promise<string> {
    this.#session ??= await this.#tab.createCDPSession()
    const { cookies } = await this.#session.send('Network.getCookies', { urls: [url] })
    return cookies.map(({ name, value }) => `${name}=${value}`).join('; ')
  }
}

/** Converts a response for the browser: a redirect or a page. */
function toBrowserResponse(answer: EgressResponse) {
  const { status, headers, cookies, body } = answer
  const kept = Object.fromEntries(
    Object.entries(headers).filter(([name]) => !SKIPPED_RESPONSE_HEADERS.test(name)),
  )
  return {
    status,
    headers: {
      'content-type': 'text/html',
      ...kept,
      ...(cookies && { 'set-cookie': [...cookies] }),
    },
    body: findRedirect(answer) === undefined ? body : '',
  }
}
