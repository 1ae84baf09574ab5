import { Agent, type Dispatcher, request } from 'undici'
import { createGuardedConnector } from './connector.ts'
import { asEgressFailure, EgressFailure } from './failure.ts'
import type { AddressGuard } from './gate.ts'
import { createSentInterceptor } from './sent-interceptor.ts'
import { readBody } from './read-body.ts'
import { TimeLimitExceeded, withTimeLimit } from './time-limit.ts'

/** One request to an external server. */
export type EgressRequest = {
  url: string
  method?: 'GET' | 'HEAD' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
  signal?: AbortSignal
  /** Called when the request is written to its connection; again for each redirect. */
  onSent?: () => void
}

/**
 * A response: its URL after redirects, its headers by lower-case names, and its decoded body.
 * `cookies` are its Set-Cookie headers, which may not be joined (RFC 9110, 5.3).
 */
export type EgressResponse = {
  status: number
  url: string
  headers: Readonly<Record<string, string>>
  cookies?: readonly string[]
  body: Buffer
}

/** Wraps each request that is made for a response: the first one and those of redirects. */
export type RequestWrapper = (
  url: URL,
  send: () => Promise<EgressResponse>,
) => Promise<EgressResponse>

/** The limits of one request: milliseconds, and bytes of the decoded body. */
export type EgressLimits = {
  connect: number
  headers: number
  body: number
  total: number
  bytes: number
}

export const EGRESS_LIMITS: EgressLimits = {
  connect: 10_000,
  headers: 20_000,
  body: 15_000,
  total: 40_000,
  bytes: 5_000_000,
}

const USER_AGENT = 'Forecourt/1.0'
const MAX_REDIRECTS = 5
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]

/**
 * The target of a redirect, from the Location header; undefined if the response is not a redirect.
 */
export const findRedirect = ({
  status,
  headers,
}: Pick<EgressResponse, 'status' | 'headers'>): string | undefined =>
  REDIRECTS.includes(status) ? headers['location'] : undefined

/**
 * Fetches from external servers, with these restrictions: only http and https, only addresses that
 * the guard returns (`Gate`: those on the public internet), no passwords in addresses, at most five
 * redirects, each checked like the first request, and limits on time and bytes.
 */
export class Egress {
  readonly #limits: EgressLimits
  readonly #agent: Agent

  constructor(guard: AddressGuard, limits: Partial<EgressLimits> = {}) {
    this.#limits = { ...EGRESS_LIMITS, ...limits }
    const { connect, headers, body } = this.#limits
    this.#agent = new Agent({
      connect: createGuardedConnector(guard, connect),
      allowH2: false,
      headersTimeout: headers,
      bodyTimeout: body,
      keepAliveTimeout: 4_000,
      maxHeaderSize: 32_768,
    })
  }

  /**
   * Fetches and follows redirects. Any status is a response. Throws EgressFailure if there is none,
   * and the signal's reason.
   */
  async fetch(
    sent: EgressRequest,
    around: RequestWrapper = (_url, send) => send(),
  ): Promise<EgressResponse> {
    let next = { ...sent }
    for (let redirects = 0; ; redirects++) {
      const url = parseEgressUrl(next.url)
      const answer = await around(url, () => this.#send(url, next))
      const location = findRedirect(answer)
      if (location === undefined) return answer
      if (redirects >= MAX_REDIRECTS)
        throw new EgressFailure(
          'redirects',
          `${sent.url} redirects more than ${MAX_REDIRECTS} times.`,
        )
      next = buildRedirectRequest(next, url, location, answer.status)
    }
  }

  /**
   * Sends one request without following redirects: a redirect is a response. Throws EgressFailure,
   * and the signal's reason.
   */
  async send(sent: EgressRequest): Promise<EgressResponse> {
    return this.#send(parseEgressUrl(sent.url), sent)
  }

  /**
   * Sends one request to a server that may not redirect it, because it carries a credential. Throws
   * EgressFailure, also for a redirect, and the signal's reason.
   */
  async sendDirectly(sent: EgressRequest): Promise<EgressResponse> {
    const answer = await this.send(sent)
    if (!REDIRECTS.includes(answer.status)) return answer
    const { host } = new URL(answer.url)
    throw new EgressFailure('redirects', `${host} redirects (${answer.status}).`)
  }

  /** Closes every connection. */
  close(): Promise<void> {
    return this.#agent.destroy()
  }

  async #send(
    url: URL,
    { method = 'GET', headers = {}, body, signal, onSent }: EgressRequest,
  ): Promise<EgressResponse> {
    const began = Date.now()
    let answered = false
    const sendAndRead = async (ends: AbortSignal) => {
      const answer = await request(url, {
        dispatcher: onSent ? this.#agent.compose(createSentInterceptor(onSent)) : this.#agent,
        method,
        headers: { 'accept-encoding': 'gzip, br', 'user-agent': USER_AGENT, ...headers },
        ...(body !== undefined && { body }),
        signal: ends,
      })
      answered = true
      return this.#read(url, answer, method === 'HEAD', ends)
    }
    try {
      return await withTimeLimit({ milliseconds: this.#limits.total, signal }, sendAndRead)
    } catch (error) {
      signal?.throwIfAborted()
      const how = {
        late: error instanceof TimeLimitExceeded,
        answered,
        seconds: Math.round((Date.now() - began) / 1000),
      }
      throw asEgressFailure(error) ?? createFailure(url, error as NodeJS.ErrnoException, how)
    }
  }

  async #read(
    url: URL,
    { statusCode, headers, body }: Dispatcher.ResponseData,
    isHead: boolean,
    ends: AbortSignal,
  ): Promise<EgressResponse> {
    const joined = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]),
    )
    const cookies = [headers['set-cookie'] ?? []].flat()
    const answer = {
      status: statusCode,
      url: url.href,
      headers: joined,
      ...(cookies.length > 0 && { cookies }),
    }
    if (isHead || REDIRECTS.includes(statusCode)) {
      await body.dump({ limit: 16_384 })
      return { ...answer, body: Buffer.alloc(0) }
    }
    return {
      ...answer,
      body: await readBody(body, joined['content-encoding'] ?? '', this.#limits.bytes, ends),
    }
  }
}

/** Parses an address that may be fetched. Throws EgressFailure. */
export function parseEgressUrl(text: string): URL {
  const url = URL.parse(text)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new EgressFailure('refused', `${text.slice(0, 200)} is not an http or https address.`)
  if (url.username || url.password)
    throw new EgressFailure(
      'refused',
      `The address of ${url.hostname} contains a user name or password; remove it.`,
    )
  url.hash = ''
  return url
}

/** The request after a redirect. Headers for one server are not sent to another. */
function buildRedirectRequest(
  sent: EgressRequest,
  from: URL,
  location: string,
  status: number,
): EgressRequest {
  const url = URL.parse(location, from)
  if (!url) throw new EgressFailure('redirects', `${from.href} redirects to an invalid address.`)
  const { headers = {}, body: _, method, ...rest } = sent
  const kept = Object.entries(headers).filter(
    ([name]) => url.origin === from.origin || /^(user-agent|accept.*)$/i.test(name),
  )
  const again = status === 307 || status === 308
  const post = again && sent.method === 'POST' && url.origin === from.origin
  return {
    ...rest,
    url: url.href,
    headers: Object.fromEntries(kept),
    ...(method === 'HEAD' && { method }),
    ...(post && { method: 'POST' as const, ...(sent.body !== undefined && { body: sent.body }) }),
  }
}

/**
 * Why there is no response. The message is the same for every failure before the first byte, so
 * that it does not reveal which ports are open. Once a server has begun to respond, slow and broken
 * responses are reported separately.
 */
function createFailure(
  { host }: URL,
  error: NodeJS.ErrnoException,
  { late, answered, seconds }: { late: boolean; answered: boolean; seconds: number },
): EgressFailure {
  const options = { cause: error }
  if (late || error.name === 'TimeoutError' || /TIMEOUT|TIMEDOUT/.test(error.code ?? ''))
    return answered
      ? new EgressFailure(
          'timeout',
          `${host} is too slow: its response was not complete after ${seconds} s.`,
          options,
        )
      : new EgressFailure('timeout', `${host} timed out: no response within ${seconds} s.`, options)
  if (!answered)
    return new EgressFailure(
      'network',
      `${host} could not be reached, or closed the connection before it responded.`,
      options,
    )
  return error.code === 'Z_DATA_ERROR'
    ? new EgressFailure(
        'network',
        `${host} sent a response that does not match its Content-Encoding and cannot be read.`,
        options,
      )
    : new EgressFailure(
        'network',
        `${host} closed the connection in the middle of its response.`,
        options,
      )
}
