import type { z } from 'zod'
import {
  type CircuitBreaker,
  CircuitOpen,
  createCircuitBreaker,
} from '../../egress/circuit-breaker.ts'
import { Egress, type EgressResponse } from '../../egress/egress.ts'
import { asEgressFailure } from '../../egress/failure.ts'
import { createServerGuard } from '../../egress/gate.ts'
import { getRequestedPause } from '../../egress/retry-after.ts'

type ClientOptions = {
  /** The name of the service, as a message names it. */
  name: string
  /** The base URL. */
  url: string
  /** The time limit of one request, in milliseconds. */
  timeoutMs: number
  /** How often a request is sent in total, if the service fails. */
  attempts: number
  /** The time without requests after the service failed or asked for a pause, in milliseconds. */
  coolDownMs: number
}

/** The answer of a public service, or in our own words why there is none. */
export type ServiceAnswer<Value> = { value: Value } | { unavailable: string }

/** Asks a public service of the government. Never throws. */
export type ServiceClient = {
  get: <Schema extends z.ZodType>(
    path: string,
    schema: Schema,
  ) => Promise<ServiceAnswer<z.output<Schema>>>
}

/** The service did not give what was asked for; the message is for people. */
class ServiceFailure extends Error {
  override readonly name = 'ServiceFailure'
  readonly mayRetry: boolean
  constructor(message: string, { mayRetry, cause }: { mayRetry: boolean; cause?: unknown }) {
    super(message, { cause })
    this.mayRetry = mayRetry
  }
}

const MAX_BYTES = 2_000_000

/**
 * Creates a client for a public service without a key. While the service does not respond, or
 * rejects requests because there were too many, nothing is sent: callers get an answer at once.
 */
export function createServiceClient(options: ClientOptions): ServiceClient {
  const egress = new Egress(createServerGuard(options.url), {
    total: options.timeoutMs,
    bytes: MAX_BYTES,
  })
  const breaker = createCircuitBreaker({
    isUnresponsive: (error) => error instanceof ServiceFailure,
    coolDownMs: options.coolDownMs,
  })
  return { get: (path, schema) => getAnswer({ ...options, egress, breaker }, path, schema) }
}

type Client = ClientOptions & { egress: Egress; breaker: CircuitBreaker }

async function getAnswer<Schema extends z.ZodType>(
  client: Client,
  path: string,
  schema: Schema,
): Promise<ServiceAnswer<z.output<Schema>>> {
  try {
    return { value: await client.breaker.run(() => sendRepeatedly(client, path, schema)) }
  } catch (error) {
    const cause = error instanceof CircuitOpen ? error.cause : error
    if (cause instanceof ServiceFailure) return { unavailable: cause.message }
    throw error
  }
}

async function sendRepeatedly<Schema extends z.ZodType>(
  client: Client,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await sendOnce(client, path, schema)
    } catch (error) {
      const mayRetry = error instanceof ServiceFailure && error.mayRetry
      if (!mayRetry || attempt >= client.attempts) throw error
    }
  }
}

async function sendOnce<Schema extends z.ZodType>(
  { name, url, egress }: Client,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  const answer = await send(egress, `${url.replace(/\/$/, '')}/${path}`, name)
  if (answer.status !== 200) throw createStatusFailure(name, answer)
  const parsed = schema.safeParse(parseJson(answer.body.toString('utf8')))
  if (parsed.success) return parsed.data
  throw new ServiceFailure(`${name} returned a response that cannot be read.`, {
    mayRetry: true,
    cause: parsed.error,
  })
}

async function send(egress: Egress, url: string, name: string): Promise<EgressResponse> {
  try {
    return await egress.fetch({ url, headers: { accept: 'application/json' } })
  } catch (cause) {
    const failure = asEgressFailure(cause)
    if (!failure) throw cause
    const message =
      failure.kind === 'timeout'
        ? `${name} did not respond in time.`
        : `${name} could not be reached.`
    throw new ServiceFailure(message, { mayRetry: true, cause })
  }
}

function createStatusFailure(name: string, answer: EgressResponse): ServiceFailure {
  const isRefusal = answer.status === 403 || answer.status === 429
  const pause = getRequestedPause(answer)
  const message = isRefusal
    ? `${name} rejects requests from this server for now, because there were too many.`
    : `${name} responded with status ${answer.status}.`
  return new ServiceFailure(message, { mayRetry: !isRefusal && pause === null })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
