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
import { ProviderAway, refuseEveryToken, type VerifyToken } from '../../access/owner-tokens.ts'
import type { Settings } from '../../env.ts'
import { namedEmail, ownerFacts, userinfoOf } from './owner-facts.ts'
import { rememberNothing } from './nothing-said.ts'
import { discovery, type Provider } from './provider.ts'
import { providerFetch, type ProviderFetch, type ProviderFetchOptions } from './provider-fetch.ts'

/** Who signs owners' tokens, for whom, and which claim names their e-mail address. */
export type Issuer = { issuer: string; audience: string; emailClaim?: string | undefined; jwksUrl?: string | undefined }

export type TokenOptions = ProviderFetchOptions & {
  /** For how long keys are good without being asked for again, and how long an unknown one is not asked for; milliseconds. */
  keysKept?: number
  keysRest?: number
  /** For how long the provider is not asked again about a token that it said no address to; milliseconds. */
  nothingKept?: number
}

const MOST_BYTES = 8_192
const MOST_TOKENS = 10_000
const ALGORITHMS = ['RS256', 'ES256']
const SKEW_SECONDS = 60
const LONGEST_SUBJECT = 255

/** The verifier that the settings ask for: the one of OWNERS_ISSUER, or where there is none the one that refuses every token. */
export function tokensOfSettings(settings: Settings): VerifyToken {
  const { OWNERS_ISSUER: issuer, OWNERS_AUDIENCE: audience, OWNERS_EMAIL_CLAIM: emailClaim, OWNERS_JWKS_URL: jwksUrl } = settings
  return issuer && audience ? verifierOf({ issuer, audience, emailClaim, jwksUrl }) : refuseEveryToken
}

/**
 * Checks access tokens of one issuer for one audience: signed by a key of its own with an algorithm of ours, in force give or take a
 * minute. Its keys are kept, and asked for again when a token names a new one. Nothing is asked for a token that names another issuer
 * or algorithm: those of staff pass by here too.
 */
export function verifierOf(
  known: Issuer,
  { keysKept = 3_600_000, keysRest = 30_000, nothingKept = 300_000, ...patience }: TokenOptions = {},
): VerifyToken {
  const fetch = providerFetch(patience)
  const provider = discovery(known, fetch)
  const once = rememberNothing({ kept: nothingKept, most: MOST_TOKENS })
  const keys = remoteKeys(provider, { cooldownDuration: keysRest, cacheMaxAge: keysKept, [customFetch]: asFetch(fetch) })
  return async (token) => {
    if (token.length > MOST_BYTES || !namesIssuer(token, known.issuer)) return null
    const claims = await checked(token, known, keys)
    if (!claims) return null
    const named = known.emailClaim ? namedEmail(claims, known.emailClaim) : null
    const ask = () => ownerFacts(claims, named, async () => userinfoOf(await provider(), token, fetch))
    const facts = () => (named ? ask() : once(token, ask))
    return { subject: claims.sub, issuedAt: (claims.iat ?? 0) * 1000, named, facts }
  }
}

const asFetch =
  (fetch: ProviderFetch): NonNullable<RemoteJWKSetOptions[typeof customFetch]> =>
  (url, { headers }) =>
    fetch(url, { headers })

/** jose's set of keys, once the provider has said where they are. */
function remoteKeys(provider: () => Promise<Provider>, options: RemoteJWKSetOptions): JWTVerifyGetKey {
  const kept: { keys?: JWTVerifyGetKey } = {}
  return async (header, token) => {
    const { jwksUrl } = await provider()
    kept.keys ??= createRemoteJWKSet(jwksUrl, options)
    return kept.keys(header, token)
  }
}

/** Whether a token says that it is of this issuer, signed or not. */
function namesIssuer(token: string, issuer: string): boolean {
  try {
    return decodeJwt(token).iss === issuer
  } catch (error) {
    if (error instanceof errors.JWTInvalid) return false
    throw error
  }
}

/** The claims of a token that is good; null for one that is not. */
async function checked(
  token: string,
  { issuer, audience }: Issuer,
  keys: JWTVerifyGetKey,
): Promise<(JWTPayload & { sub: string }) | null> {
  try {
    const { payload } = await jwtVerify(token, keys, {
      ...{ issuer, audience, algorithms: ALGORITHMS, clockTolerance: SKEW_SECONDS },
      requiredClaims: ['sub', 'exp'],
    })
    const { sub, iat = 0 } = payload
    const early = iat > Date.now() / 1000 + SKEW_SECONDS
    return !early && isSubject(sub) ? { ...payload, sub } : null
  } catch (error) {
    if (error instanceof ProviderAway) throw error
    if (isAway(error)) throw new ProviderAway(`The keys of ${issuer} can't be read: ${error.message}`, { cause: error })
    if (error instanceof errors.JOSEError || error instanceof TypeError) return null
    throw error
  }
}

/** jose has no name of its own for keys that it could not read. */
const isAway = (error: unknown): error is Error =>
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  (error as { code?: unknown }).code === 'ERR_JOSE_GENERIC'

const isSubject = (subject: unknown): subject is string =>
  typeof subject === 'string' && subject.trim() !== '' && subject.length <= LONGEST_SUBJECT && !subject.includes('\0')
