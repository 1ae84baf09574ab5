import { Agent, type Dispatcher, request } from 'undici'
import { parseUrl } from '../domain/parse-url.ts'
import { guardedConnector } from './connector.ts'
import { asEgressFailure, EgressFailure } from './failure.ts'
import type { Gate } from './gate.ts'
import { readBody } from './read-body.ts'

/** One request to somebody else's server. */
export type Sent = {
  url: string
  method?: 'GET' | 'POST'
  headers?: Readonly<Record<string, string>>
  body?: string
  signal?: AbortSignal
}

/** An answer: where it came from after redirects, its headers by their lower-case names, and its decoded body. */
export type Answer = { status: number; url: string; headers: Readonly<Record<string, string>>; body: Buffer }

/** Goes around each request that is made on the way to an answer, the first one and those that redirects lead to. */
export type Around = (url: URL, send: () => Promise<Answer>) => Promise<Answer>

/** What one request may take: milliseconds, and bytes of the decoded body. */
export type EgressLimits = { connect: number; headers: number; body: number; whole: number; bytes: number }

export const EGRESS_LIMITS: EgressLimits = {
  connect: 10_000,
  headers: 20_000,
  body: 15_000,
  whole: 40_000,
  bytes: 5_000_000,
}

const MOST_REDIRECTS = 5
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308]

/**
 * The way out: what is fetched from servers of others goes through here. Only http and https, only to addresses on the public internet
 * (`Gate`), no passwords in addresses, five redirects at most and each checked like the first request, bounded in time and bytes.
 */
export class Egress {
  readonly gate: Gate
  readonly #limits: EgressLimits
  readonly #agent: Agent

  constructor(gate: Gate, limits: Partial<EgressLimits> = {}) {
    this.gate = gate
    this.#limits = { ...EGRESS_LIMITS, ...limits }
    const { connect, headers, body } = this.#limits
    this.#agent = new Agent({
      connect: guardedConnector(gate, connect),
      headersTimeout: headers,
      bodyTimeout: body,
      keepAliveTimeout: 4_000,
      maxHeaderSize: 32_768,
    })
  }

  /** Fetches, following redirects. Any status is an answer. Throws EgressFailure where there is none, and the signal's reason. */
  async fetch(sent: Sent, around: Around = (_url, send) => send()): Promise<Answer> {
    let next = { ...sent }
    for (let redirects = 0; ; redirects++) {
      const url = addressOf(next.url)
      const answer = await around(url, () => this.#send(url, next))
      const location = REDIRECTS.includes(answer.status) ? answer.headers['location'] : undefined
      if (location === undefined) return answer
      if (redirects >= MOST_REDIRECTS)
        throw new EgressFailure('redirects', `${sent.url} leads on more than ${MOST_REDIRECTS} times.`)
      next = following(next, url, location, answer.status)
    }
  }

  /** Lets go of every connection. */
  close(): Promise<void> {
    return this.#agent.destroy()
  }

  async #send(url: URL, { method = 'GET', headers = {}, body, signal }: Sent): Promise<Answer> {
    const whole = AbortSignal.timeout(this.#limits.whole)
    const ends = signal ? AbortSignal.any([signal, whole]) : whole
    try {
      const answer = await request(url, {
        dispatcher: this.#agent,
        method,
        headers: { 'accept-encoding': 'gzip, br', ...headers },
        ...(body !== undefined && { body }),
        signal: ends,
      })
      return await this.#read(url, answer, ends)
    } catch (error) {
      signal?.throwIfAborted()
      throw asEgressFailure(error) ?? failureOf(url, error as NodeJS.ErrnoException, whole.aborted)
    }
  }

  async #read(url: URL, { statusCode, headers, body }: Dispatcher.ResponseData, ends: AbortSignal): Promise<Answer> {
    const said = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ''].flat().join(', ')]))
    const answer = { status: statusCode, url: url.href, headers: said }
    if (REDIRECTS.includes(statusCode)) {
      await body.dump({ limit: 16_384 })
      return { ...answer, body: Buffer.alloc(0) }
    }
    return { ...answer, body: await readBody(body, said['content-encoding'] ?? '', this.#limits.bytes, ends) }
  }
}

/** An address that may be asked. Throws EgressFailure. */
export function addressOf(text: string): URL {
  const url = parseUrl(text)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new EgressFailure('refused', `${text.slice(0, 200)} is no address of http or https.`)
  if (url.username || url.password)
    throw new EgressFailure('refused', `The address of ${url.hostname} has a user or a password in it; leave them out.`)
  url.hash = ''
  return url
}

/** What a redirect asks for. What was meant for one server alone is not told to another. */
function following(sent: Sent, from: URL, location: string, status: number): Sent {
  if (!parseUrl(location, from)) throw new EgressFailure('redirects', `${from.href} leads on to no address.`)
  const url = new URL(location, from)
  const { headers = {}, body: _, method: __, ...rest } = sent
  const kept = Object.entries(headers).filter(([name]) => url.origin === from.origin || /^(user-agent|accept.*)$/i.test(name))
  const again = status === 307 || status === 308
  const post = again && sent.method === 'POST' && url.origin === from.origin
  return {
    ...rest,
    url: url.href,
    headers: Object.fromEntries(kept),
    ...(post && { method: 'POST' as const, ...(sent.body !== undefined && { body: sent.body }) }),
  }
}

/** The same words whatever it was that failed: they tell nobody which ports are open. */
function failureOf({ host }: URL, error: NodeJS.ErrnoException, over: boolean): EgressFailure {
  const late = over || error.name === 'TimeoutError' || /TIMEOUT|TIMEDOUT/.test(error.code ?? '')
  if (late) return new EgressFailure('timeout', `${host} did not answer in time.`, { cause: error })
  return new EgressFailure('network', `${host} could not be reached, or broke off.`, { cause: error })
}
