import type { Request as ExpressRequest, RequestHandler } from 'express'
import { handleEndpoints, type SanitizedConfig } from 'payload'
import type { VerifyToken } from '../auth/owners/owner-tokens.ts'
import { UNREADABLE_FORM } from '../api/errors/unreadable-request.ts'
import { withAccessLog } from '../audit/access-log.ts'
import type { WriteTracker } from '../database/request-writes.ts'
import type { DatabaseWatch } from '../database/watch.ts'
import { decodeWarnings, WARNINGS_HEADER } from '../domain/warning.ts'
import type { ProviderOutageTracker } from '../auth/owners/tokens/provider-outage.ts'
import { BODY_BYTES, buildBodyLimits, isMultipart } from '../uploads/body-limits.ts'
import { withDatabaseGate } from './database-gate.ts'
import { isPersonal } from './headers.ts'
import { addNewSession } from '../auth/sessions/new-session-response.ts'
import { withEntityTag } from './conditional.ts'
import { type ApiMethods, findRouteProblem } from './methods.ts'
import { formatRefusal, buildRefusal } from '../api/errors/refusal.ts'
import { checkQueryInBody, hasQueryInBody, rejectMalformed } from './reject-malformed.ts'
import { sendWebResponse } from './send-response.ts'
import { STALL_MS, toWebRequest } from './web-request.ts'

/**
 * The dependencies of a bridge: Payload's configuration, its database, and the origin that URLs are
 * built from.
 */
export type BridgeOptions = {
  config: Promise<SanitizedConfig>
  cookiePrefix: string
  methods: ApiMethods
  verifyToken: VerifyToken
  watch: DatabaseWatch
  writes: WriteTracker
  publicOrigin: string
  provider: ProviderOutageTracker
  /** How many milliseconds a body may stall before it is refused (408). */
  stallMs?: number
}

/** Returns the maximum size of the body of a request in bytes. */
type BytesFor = (req: ExpressRequest) => number

/** Creates an Express handler for Payload's REST API. It must come before every body parser. */
export function createRestHandler({
  config,
  methods,
  cookiePrefix,
  ...options
}: BridgeOptions): RequestHandler {
  const handle = withAccessLog((request) => handleEndpoints({ config, request }))
  const tagged = (request: Request, response: Response) =>
    withEntityTag(request, response, !isPersonal(Object.fromEntries(request.headers), cookiePrefix))
  const answer = async (original: Request) => {
    const refused =
      rejectMalformed(original) ??
      findRouteProblem(methods, getMethod(original), new URL(original.url).pathname)
    if (refused) return refused
    const request = hasQueryInBody(original) ? await checkQueryInBody(original) : original
    return request instanceof Response
      ? request
      : tagged(request, await addNewSession(await moveWarnings(await handle(request))))
  }
  const handler = config.then((sanitized) => {
    const getLimit = buildBodyLimits(sanitized)
    return createBridge(options, answer, ({ method, baseUrl, path, headers }) =>
      getLimit({ method, path: baseUrl + path, header: (name) => headers[name]?.toString() }),
    )
  })
  return async (req, res, next) => (await handler)(req, res, next)
}

/**
 * The method that a request is handled as: a read may be sent as POST, with its query in the body.
 */
const getMethod = (request: Request) => (hasQueryInBody(request) ? 'GET' : request.method)

type BridgeServices = Pick<
  BridgeOptions,
  'watch' | 'writes' | 'publicOrigin' | 'provider' | 'stallMs'
> & {
  /** Converts an error response of any handler to the format of this API. */
  format?: (response: Response) => Promise<Response>
}

/**
 * Creates an Express handler from one that takes Web Requests. It checks the database and limits
 * the size of bodies and the time that they may stall.
 */
export function createBridge(
  {
    watch,
    writes,
    publicOrigin,
    provider,
    stallMs = STALL_MS,
    format = formatRefusal,
  }: BridgeServices,
  handle: (request: Request) => Promise<Response>,
  bytesFor: BytesFor = () => BODY_BYTES,
): RequestHandler {
  const whileUp = withDatabaseGate(
    { watch, writes },
    provider.wrapHandler(handle, buildProviderRefusal),
  )
  return async (req, res) => {
    const { request, bodyError } = toWebRequest(req, res, publicOrigin, {
      bytes: bytesFor(req),
      stallMs,
    })
    const broken = () => {
      const error = bodyError()
      return error && buildRefusal(error.status, error.message)
    }
    const response =
      broken() ??
      (await whileUp(request).catch(
        (error: Error) => broken() ?? refuseUnreadableForm(request, error),
      ))
    await sendWebResponse(await format(broken() ?? response), req, res)
  }
}

/** Builds the response for a form that could not be read; rethrows any other error. */
function refuseUnreadableForm({ headers }: Request, error: Error): Response {
  if (isMultipart(headers.get('content-type'))) return buildRefusal(400, UNREADABLE_FORM)
  throw error
}

const buildProviderRefusal = () =>
  buildRefusal(
    503,
    'The identity provider is not responding, so your token cannot be verified. Try again ' +
      'in a moment.',
    {
      'retry-after': '5',
    },
  )

/**
 * Moves the warnings of hooks into the body, next to `doc`, and appends their texts to its message,
 * which the panel shows.
 */
async function moveWarnings(response: Response): Promise<Response> {
  const header = response.headers.get(WARNINGS_HEADER)
  if (!header) return response
  response.headers.delete(WARNINGS_HEADER)
  if (!response.ok) return response
  const warnings = decodeWarnings(header)
  const body = (await response.json()) as { message?: string }
  const message = [
    ...(body.message ? [body.message] : []),
    ...warnings.map((warning) => `Please check: ${warning.message}.`),
  ].join(' ')
  return Response.json(
    { ...body, message, warnings },
    { status: response.status, headers: response.headers },
  )
}
