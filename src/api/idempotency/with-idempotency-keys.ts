import {
  APIError,
  commitTransaction,
  type Endpoint,
  initTransaction,
  killTransaction,
  type PayloadRequest,
  type SanitizedConfig,
} from 'payload'
import { findAccount, getIdentity } from '../../access/identity.ts'
import { getOrigin } from '../../audit/origin.ts'
import { CommitFailed } from '../../database/commit.ts'
import { getAddressBlock } from '../../domain/address-block.ts'
import { buildErrorBody } from '../../domain/api-error.ts'
import { parseIdempotencyKey } from '../../domain/idempotency-key.ts'
import { findAdmission } from '../endpoint.ts'
import { fingerprintRequest } from './fingerprint.ts'
import { buildStoredAnswer, replayAnswer } from './stored-answer.ts'
import { Slots } from './slots.ts'
import { findStoredRequest, type KeyedRequest, lockKey, saveStoredRequest } from './store.ts'
import { mapEndpoints } from '../map-endpoints.ts'

const HEADER = 'idempotency-key'
const RETRY_AFTER_SECONDS = '1'

/**
 * POSTs that ignore a key: repeating them does no harm, and the responses of sign-in endpoints and
 * of calendar addresses contain secrets, which are never stored. A file that was uploaded twice is
 * stored once, and an import adds nothing that it added before. A VIN is evaluated once in thirty
 * days anyway, and neither it nor a trial may keep a transaction open during a request to another
 * server.
 */
const EXEMPT_PATHS = new Set([
  '/login',
  '/logout',
  '/refresh-token',
  '/forgot-password',
  '/reset-password',
  '/unlock',
  '/verify/:id',
  '/first-register',
  '/access/:id?',
  '/vin-evaluation',
  '/:id/test',
  '/auth/resend-verification',
  '/me/calendar-feed',
  '/:id/files',
  '/:id/import',
  '/me/import',
  '/submissions/:reference/photos',
])

/**
 * Makes every POST of the complete configuration that changes something honor `Idempotency-Key`:
 * Payload's, ours and the plugins'. The key is stored in the transaction of its request, so that
 * either both are stored or neither is. `poolMax` is the size of the connection pool: requests with
 * a key use at most half of it, because some need a second connection. Throws a 400 for an invalid
 * key and a 422 for one that came with another request; responds with 409 while its request is
 * still running.
 */
export function withIdempotencyKeys(config: SanitizedConfig, poolMax: number): SanitizedConfig {
  const slots = new Slots(Math.max(1, Math.floor(poolMax / 2)))
  const honoring = <Each extends Pick<Endpoint, 'handler' | 'method' | 'path'>>(
    endpoint: Each,
  ): Each =>
    endpoint.method === 'post' && !EXEMPT_PATHS.has(endpoint.path)
      ? { ...endpoint, handler: honorKey(endpoint, slots) }
      : endpoint
  config.endpoints = config.endpoints.map(honoring) as SanitizedConfig['endpoints']
  return mapEndpoints(config, honoring)
}

function honorKey(
  endpoint: Pick<Endpoint, 'custom' | 'handler'>,
  slots: Slots,
): Endpoint['handler'] {
  const admit = findAdmission(endpoint)
  return async (req) => {
    const header = req.headers.get(HEADER)
    const actor = formatActor(req) ?? (admit ? formatAddress(req) : null)
    if (header === null || actor === null) {
      await admit?.(req)
      return endpoint.handler(req)
    }
    const parsed = parseIdempotencyKey(header)
    if ('problem' in parsed) throw new APIError(parsed.problem, 400, undefined, true)
    const request = { actor, key: parsed.key, fingerprints: await fingerprintRequest(req) }
    if (admit && !(await findStoredRequest(req, request))) await admit(req)
    return slots.run(() => answerOnce(req, request, endpoint.handler))
  }
}

/**
 * The caller that owns a key, with their role: a response is not replayed to a caller whose role
 * has changed. Null for an anonymous caller, whose POST goes to its handler without a key, except
 * where anybody is admitted.
 */
function formatActor(req: PayloadRequest): string | null {
  const account = findAccount(req)
  if (account) return `${account.garageAdmin ? 'garage-admin' : 'owner'}:${account.subject}`
  const identity = getIdentity(req)
  return identity.kind === 'staff' ? `staff:${identity.id}:${identity.role}` : null
}

/** Who owns the key of an anonymous caller: everyone in the same address block. */
const formatAddress = (req: PayloadRequest): string =>
  `address:${getAddressBlock(getOrigin(req).address ?? '')}`

async function answerOnce(
  req: PayloadRequest,
  request: KeyedRequest,
  handle: Endpoint['handler'],
): Promise<Response> {
  await initTransaction(req)
  const { transactionID } = req
  try {
    if (!(await lockKey(req, request))) return await rollBackWith(req, buildInFlightResponse())
    const stored = await findStoredRequest(req, request)
    if (stored && !request.fingerprints.includes(stored.fingerprint))
      throw new APIError(OTHER_REQUEST, 422, undefined, true)
    if (stored) {
      await killTransaction(req)
      return await replayAnswer(req, stored.answer)
    }
    const response = await handle(req)
    if (!response.ok) return await rollBackWith(req, response)
    if (req.transactionID !== transactionID)
      throw new CommitFailed('refused', new Error('The transaction ended before the response.'))
    await saveStoredRequest(req, request, await buildStoredAnswer(req, response))
    await commitTransaction(req)
    return response
  } catch (error) {
    await killTransaction(req)
    throw error
  }
}

const OTHER_REQUEST =
  'This Idempotency-Key was sent with a different request in the last 24 hours. Use a new ' +
  'key for each request, and repeat a key only to repeat its request.'

/**
 * Rolls back and returns the response: a refusal is not stored, because it may differ when the
 * request is repeated.
 */
async function rollBackWith(req: PayloadRequest, response: Response): Promise<Response> {
  await killTransaction(req)
  return response
}

function buildInFlightResponse(): Response {
  const message =
    'A request with this Idempotency-Key is still running. Repeat the request in a second ' +
    'to get its result.'
  const headers = { 'retry-after': RETRY_AFTER_SECONDS }
  return Response.json(buildErrorBody(409, message), { status: 409, headers })
}
