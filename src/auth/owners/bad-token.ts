import { APIError, type Endpoint, type PayloadRequest, type SanitizedConfig } from 'payload'
import { INVALID_TOKEN } from '../../domain/api-error.ts'
import { findBearerToken, type VerifyToken } from './owner-tokens.ts'
import { mapEndpoints } from '../../api/map-endpoints.ts'

/** What a client with a bad token needs to know: it must get another one (RFC 6750, 3). */
export const BAD_TOKEN = {
  status: 401,
  message:
    'The token in Authorization is not valid: it has expired, has been revoked, or was ' +
    'issued for another API. Request a new token.',
  challenge:
    `Bearer realm="Forecourt", error="${INVALID_TOKEN}", error_description="The token expired, ` +
    'was revoked, or is not for this API"',
} as const

const TOKEN_SCHEME = /^(?:bearer|jwt)(?: |$)/i

type TokenRequest = Pick<PayloadRequest, 'headers' | 'user'>

/**
 * Whether a request carries a token that is not valid for anyone. The token of an owner whose
 * account is deactivated is valid, but their requests are refused with a separate reason. Throws
 * ProviderUnavailable if the token cannot be verified.
 */
export async function hasBadToken(
  { headers, user }: TokenRequest,
  verifyToken: VerifyToken,
): Promise<boolean> {
  if (user || !TOKEN_SCHEME.test(headers.get('authorization') ?? '')) return false
  const token = findBearerToken(headers)
  return token === undefined || (await verifyToken(token)) === null
}

/**
 * Wraps every endpoint of the complete configuration, Payload's and ours: a bad token gets a 401
 * with a challenge everywhere, instead of the response for anonymous callers. Apply it last, so
 * that it runs first.
 */
export function refuseBadTokens(
  config: SanitizedConfig,
  verifyToken: VerifyToken,
): SanitizedConfig {
  const guard = <Each extends Pick<Endpoint, 'handler'>>(endpoint: Each): Each => {
    const handler: Endpoint['handler'] = async (req) => {
      if (!(await hasBadToken(req, verifyToken))) return endpoint.handler(req)
      const { status, message, challenge } = BAD_TOKEN
      ;(req.responseHeaders ??= new Headers()).set('www-authenticate', challenge)
      throw new APIError(message, status, { code: INVALID_TOKEN }, true)
    }
    return { ...endpoint, handler }
  }
  config.endpoints = config.endpoints.map(guard) as SanitizedConfig['endpoints']
  return mapEndpoints(config, guard)
}
