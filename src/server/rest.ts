import type { Request as ExpressRequest, RequestHandler } from 'express'
import { handleEndpoints, type SanitizedConfig } from 'payload'
import type { VerifyToken } from '../access/owner-tokens.ts'
import { UNREADABLE_FORM } from '../access/unreadable-request.ts'
import { withLooks } from '../audit/looks.ts'
import type { WriteTracker } from '../database/request-writes.ts'
import type { DatabaseWatch } from '../database/watch.ts'
import { decodeWarnings, WARNINGS_HEADER } from '../domain/warning.ts'
import type { ProviderWatch } from '../owners/tokens/away.ts'
import { BODY_BYTES, buildBodyLimits, isMultipart } from '../uploads/body-limits.ts'
import { gated } from './database-gate.ts'
import { isPersonal } from './headers.ts'
import { withNewSession } from './new-session.ts'
import { withEntityTag } from './conditional.ts'
import { type ApiMethods, findRouteProblem } from './methods.ts'
import { formatRefusal, refusal } from './refusal.ts'
import { checkQueryInBody, hasQueryInBody, unaskable } from './unaskable.ts'
import { sendWebResponse } from './send-response.ts'
import { STALL_MS, toWebRequest } from './web-request.ts'

/** What a bridge needs to know: Payload's configuration, its database, and the origin that URLs are built from. */
export type BridgeOptions = {
  config: Promise<SanitizedConfig>
  cookiePrefix: string
  methods: ApiMethods
  verifyToken: VerifyToken
  watch: DatabaseWatch
  writes: WriteTracker
  publicOrigin: string
  provider: ProviderWatch
  /** For how many milliseconds a body may stall before it is refused (408). */
  stallMs?: number
}

/** The most bytes that the body of a request may have. */
type BytesFor = (req: ExpressRequest) => number

/** Payload's REST API as an Express handler. Goes before every body parser. */
export function rest({ config, methods, cookiePrefix, ...options }: BridgeOptions): RequestHandler {
  const handle = withLooks((request) => handleEndpoints({ config, request }))
  const tagged = (request: Request, response: Response) =>
    withEntityTag(request, response, !isPersonal(Object.fromEntries(request.headers), cookiePrefix))
  const answer = async (given: Request) => {
    const refused = unaskable(given) ?? findRouteProblem(methods, methodOf(given), new URL(given.url).pathname)
    if (refused) return refused
    const request = hasQueryInBody(given) ? await checkQueryInBody(given) : given
    return request instanceof Response
      ? request
      : tagged(request, await withNewSession(await withWarnings(await handle(request))))
  }
  const handler = config.then((sanitized) => {
    const getLimit = buildBodyLimits(sanitized)
    return bridge(options, answer, ({ method, baseUrl, path, headers }) =>
      getLimit({ method, path: baseUrl + path, header: (name) => headers[name]?.toString() }),
    )
  })
  return async (req, res, next) => (await handler)(req, res, next)
}

/** The method that a request is handled as: a read may be sent as POST, with its query in the body. */
const methodOf = (request: Request) => (hasQueryInBody(request) ? 'GET' : request.method)

type Bridge = Pick<BridgeOptions, 'watch' | 'writes' | 'publicOrigin' | 'provider' | 'stallMs'> & {
  /** Brings a refusal of any handler into the shape of this API. */
  format?: (response: Response) => Promise<Response>
}

/** An Express handler over one that takes Web Requests: gated by the database, its bodies capped in size and pace. */
export function bridge(
  { watch, writes, publicOrigin, provider, stallMs = STALL_MS, format = formatRefusal }: Bridge,
  handle: (request: Request) => Promise<Response>,
  bytesFor: BytesFor = () => BODY_BYTES,
): RequestHandler {
  const whileUp = gated({ watch, writes }, provider.answering(handle, providerAway))
  return async (req, res) => {
    const { request, bodyError } = toWebRequest(req, res, publicOrigin, { bytes: bytesFor(req), stallMs })
    const broken = () => {
      const error = bodyError()
      return error && refusal(error.status, error.message)
    }
    const response = broken() ?? (await whileUp(request).catch((error: Error) => broken() ?? unreadableForm(request, error)))
    await sendWebResponse(await format(broken() ?? response), req, res)
  }
}

/** The refusal of a form that failed while it was read; rethrows any other error. */
function unreadableForm({ headers }: Request, error: Error): Response {
  if (isMultipart(headers.get('content-type'))) return refusal(400, UNREADABLE_FORM)
  throw error
}

const providerAway = () =>
  refusal(503, 'The identity provider does not answer, so your token can not be checked. Try again in a moment.', {
    'retry-after': '5',
  })

/** Moves the warnings of hooks into the body, beside `doc`, and their words into its message, which the panel shows. */
async function withWarnings(response: Response): Promise<Response> {
  const header = response.headers.get(WARNINGS_HEADER)
  if (!header) return response
  response.headers.delete(WARNINGS_HEADER)
  if (!response.ok) return response
  const warnings = decodeWarnings(header)
  const body = (await response.json()) as { message?: string }
  const message = [body.message, ...warnings.map((warning) => `Please check: ${warning.message}.`)].join(' ')
  return Response.json({ ...body, message, warnings }, { status: response.status, headers: response.headers })
}
