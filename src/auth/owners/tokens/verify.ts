import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  errors,
  type JWTPayload,
  jwtVerify,
  type JWTVerifyGetKey,
  type RemoteJWKSetOptions,
} from 'jose'
import { ProviderUnavailable, rejectEveryToken, type VerifyToken } from '../owner-tokens.ts'
import { isDemoSubject } from '../../../domain/demo-subject.ts'
import type { WebFetch } from '../../../egress/web-fetch.ts'
import type { Settings } from '../../../env.ts'
import { findNamedEmail, resolveOwnerFacts, fetchUserinfo } from './owner-claims.ts'
import { createNegativeCache } from './negative-cache.ts'
import { createDiscovery, type Provider } from './provider.ts'
import { createProviderFetch, type ProviderFetchOptions } from './provider-fetch.ts'

/** The issuer and audience of owners' tokens, and the claim with their e-mail address. */
export type Issuer = {
  issuer: string
  audience: string
  emailClaim?: string | undefined
  jwksUrl?: string | undefined
}

export type TokenOptions = ProviderFetchOptions & {
  /**
   * How long keys are cached, and how long an unknown key is not requested again, in milliseconds.
   */
  keysTtlMs?: number
  keysCooldownMs?: number
  /**
   * How long the provider is not queried again about a token for which it returned no address, in
   * milliseconds.
   */
  negativeTtlMs?: number
}

const MAX_BYTES = 8_192
const MAX_TOKENS = 10_000
const ALGORITHMS = ['RS256', 'ES256']
const SKEW_SECONDS = 60
const MAX_SUBJECT_LENGTH = 255

/** The verifier for the settings: that of OWNERS_ISSUER, or one that rejects every token. */
export function createConfiguredVerifier(settings: Settings): VerifyToken {
  const {
    OWNERS_ISSUER: issuer,
    OWNERS_AUDIENCE: audience,
    OWNERS_EMAIL_CLAIM: emailClaim,
    OWNERS_JWKS_URL: jwksUrl,
  } = settings
  return issuer && audience
    ? createVerifier({ issuer, audience, emailClaim, jwksUrl })
    : rejectEveryToken
}

/**
 * Verifies access tokens of one issuer for one audience: signed by one of its keys with a supported
 * algorithm, and valid within a minute of clock skew. Its keys are cached, and requested again if a
 * token names a new one. Tokens of other issuers or algorithms, such as those of staff, cause no
 * requests.
 */
export function createVerifier(
  config: Issuer,
  {
    keysTtlMs = 3_600_000,
    keysCooldownMs = 30_000,
    negativeTtlMs = 300_000,
    ...fetchOptions
  }: TokenOptions = {},
): VerifyToken {
  const fetch = createProviderFetch(fetchOptions)
  const provider = createDiscovery(config, fetch)
  const negativeCache = createNegativeCache({ ttlMs: negativeTtlMs, maxEntries: MAX_TOKENS })
  const keys = createRemoteKeys(provider, {
    cooldownDuration: keysCooldownMs,
    cacheMaxAge: keysTtlMs,
    [customFetch]: toJoseFetch(fetch),
  })
  return async (token) => {
    if (token.length > MAX_BYTES || !namesIssuer(token, config.issuer)) return null
    const claims = await verifyClaims(token, config, keys)
    if (!claims) return null
    const named = config.emailClaim ? findNamedEmail(claims, config.emailClaim) : null
    const fetchOwnerFacts = () =>
      resolveOwnerFacts(claims, named, async () => fetchUserinfo(await provider(), token, fetch))
    const facts = () => (named ? fetchOwnerFacts() : negativeCache(token, fetchOwnerFacts))
    return {
      subject: claims.sub,
      issuedAt: (claims.iat ?? 0) * 1000,
      namedEmail: named,
      fetchFacts: facts,
    }
  }
}

const toJoseFetch =
  (fetch: WebFetch): NonNullable<RemoteJWKSetOptions[typeof customFetch]> =>
  (url, { headers }) =>
    fetch(url, { headers })

/** jose's key set, once the provider has returned the location of the keys. */
function createRemoteKeys(
  provider: () => Promise<Provider>,
  options: RemoteJWKSetOptions,
): JWTVerifyGetKey {
  const cache: { keys?: JWTVerifyGetKey } = {}
  return async (header, token) => {
    const { jwksUrl } = await provider()
    cache.keys ??= createRemoteJWKSet(jwksUrl, options)
    return cache.keys(header, token)
  }
}

/** Whether a token names this issuer, before its signature is checked. */
function namesIssuer(token: string, issuer: string): boolean {
  try {
    return decodeJwt(token).iss === issuer
  } catch (error) {
    if (error instanceof errors.JWTInvalid) return false
    throw error
  }
}

/** The claims of a valid token; null for any other. */
async function verifyClaims(
  token: string,
  { issuer, audience }: Issuer,
  keys: JWTVerifyGetKey,
): Promise<(JWTPayload & { sub: string }) | null> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer,
      audience,
      algorithms: ALGORITHMS,
      clockTolerance: SKEW_SECONDS,
      requiredClaims: ['sub', 'exp'],
    })
    const { sub, iat = 0 } = payload
    const early = iat > Date.now() / 1000 + SKEW_SECONDS
    return !early && isSubject(sub) ? { ...payload, sub } : null
  } catch (error) {
    if (error instanceof ProviderUnavailable) throw error
    if (isKeysUnavailable(error))
      throw new ProviderUnavailable(`The keys of ${issuer} could not be read: ${error.message}`, {
        cause: error,
      })
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null
    throw error
  }
}

/** jose has no error name for keys that it could not read. */
const isKeysUnavailable = (error: unknown): error is Error =>
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  (error as { code?: unknown }).code === 'ERR_JOSE_GENERIC'

const isSubject = (subject: unknown): subject is string =>
  typeof subject === 'string' &&
  subject.trim() !== '' &&
  subject.length <= MAX_SUBJECT_LENGTH &&
  !subject.includes('\0') &&
  !isDemoSubject(subject)
