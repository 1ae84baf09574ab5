import * as oidc from 'openid-client'
import type { Claims } from '../../domain/sign-in.ts'
import type { SignInProvider } from '../../domain/sign-in-provider.ts'
import { Egress } from '../../egress/egress.ts'
import { asEgressFailure } from '../../egress/failure.ts'
import { createTrustedGuard } from '../../egress/gate.ts'
import { createRequestCache } from '../../egress/request-cache.ts'
import { createWebFetch, type WebFetch } from '../../egress/web-fetch.ts'

/**
 * The values that connect a provider's callback with the authorization request: stored on the
 * server, never in the browser.
 */
type AuthorizationState = {
  state: string
  nonce: string
  verifier: string
}

const HOUR = 3_600_000
const MAX_PROVIDERS = 100
const TIMEOUT_SECONDS = 5
const SKEW_SECONDS = 30
const MAX_BYTES = 1_000_000

/** The provider cannot be reached, or is failing; nothing is known about the person. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable'
}

/**
 * The provider's response is not trusted: a check failed. `reason` is an error code of the library,
 * and contains nothing of the response.
 */
export class UntrustedResponse extends Error {
  override readonly name = 'NotTrusted'
}

/** Creates the fetch function of openid-client, whose only bodies are forms. */
const toOidcFetch =
  (fetch: WebFetch): oidc.CustomFetch =>
  (url, { body, ...options }) =>
    fetch(url, { ...options, ...(body instanceof URLSearchParams && { body }) })

/**
 * The discovered configurations of the providers. A configuration is cached for an hour; a failed
 * discovery is retried with the next request.
 */
export class Issuers {
  readonly #fetch = toOidcFetch(
    createWebFetch(new Egress(createTrustedGuard(), { bytes: MAX_BYTES })),
  )
  readonly #configurations = createRequestCache<oidc.Configuration>({
    maxEntries: MAX_PROVIDERS,
    ttlMs: HOUR,
  })

  /** The address at which the user signs in. Throws ProviderUnavailable. */
  async buildAuthorizationUrl(
    provider: SignInProvider,
    callback: string,
  ): Promise<{ url: URL; authorization: AuthorizationState }> {
    const configuration = await this.#describe(provider)
    const authorization = {
      state: oidc.randomState(),
      nonce: oidc.randomNonce(),
      verifier: oidc.randomPKCECodeVerifier(),
    }
    const url = oidc.buildAuthorizationUrl(configuration, {
      redirect_uri: callback,
      scope: 'openid email profile',
      state: authorization.state,
      nonce: authorization.nonce,
      code_challenge: await oidc.calculatePKCECodeChallenge(authorization.verifier),
      code_challenge_method: 'S256',
      ...((provider.kind === 'google' || provider.kind === 'microsoft') && {
        prompt: 'select_account',
      }),
    })
    return { url, authorization }
  }

  /**
   * Identifies the person in a callback from its URL: checks state, issuer, code, signature,
   * audience, nonce and time. Throws ProviderUnavailable or UntrustedResponse.
   */
  async exchangeCode(
    provider: SignInProvider,
    callbackUrl: URL,
    authorization: AuthorizationState,
  ): Promise<Claims> {
    const configuration = await this.#describe(provider)
    try {
      const tokens = await oidc.authorizationCodeGrant(configuration, callbackUrl, {
        expectedState: authorization.state,
        expectedNonce: authorization.nonce,
        pkceCodeVerifier: authorization.verifier,
        idTokenExpected: true,
      })
      const claims = tokens.claims()
      if (!claims) throw new UntrustedResponse('no ID token')
      if ('email' in claims || !configuration.serverMetadata().userinfo_endpoint) return claims
      return {
        ...(await oidc.fetchUserInfo(configuration, tokens.access_token, claims.sub)),
        ...claims,
      }
    } catch (error) {
      throw error instanceof UntrustedResponse
        ? error
        : isUnavailable(error)
          ? createUnavailableError(provider, error)
          : new UntrustedResponse(getOidcErrorCode(error), { cause: error })
    }
  }

  #describe(provider: SignInProvider): Promise<oidc.Configuration> {
    return this.#configurations(provider.id, () =>
      discoverProvider(provider, this.#fetch).catch((error: unknown) => {
        throw createUnavailableError(provider, error)
      }),
    )
  }
}

/**
 * Discovers the configuration of a provider. The signatures of its tokens are checked although they
 * come over TLS from the provider itself.
 */
async function discoverProvider(
  { issuer, clientId, clientSecret }: SignInProvider,
  fetch: oidc.CustomFetch,
): Promise<oidc.Configuration> {
  const near = issuer.startsWith('http:') ? [oidc.allowInsecureRequests] : []
  const client = { client_secret: clientSecret, [oidc.clockTolerance]: SKEW_SECONDS }
  const found = await oidc.discovery(new URL(issuer), clientId, client, undefined, {
    execute: near,
    timeout: TIMEOUT_SECONDS,
    [oidc.customFetch]: fetch,
  })
  const methods = found.serverMetadata().token_endpoint_auth_methods_supported
  const basic = methods?.includes('client_secret_basic') && !methods.includes('client_secret_post')
  const configuration = basic
    ? new oidc.Configuration(
        found.serverMetadata(),
        clientId,
        client,
        oidc.ClientSecretBasic(clientSecret),
      )
    : found
  configuration.timeout = TIMEOUT_SECONDS
  configuration[oidc.customFetch] = fetch
  for (const allow of [...near, oidc.enableNonRepudiationChecks]) allow(configuration)
  return configuration
}

const createUnavailableError = ({ label }: SignInProvider, error: unknown) =>
  new ProviderUnavailable(`${label} is not responding: ${getOidcErrorCode(error)}.`, {
    cause: error,
  })

function getOidcErrorCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error instanceof oidc.ResponseBodyError || error instanceof oidc.AuthorizationResponseError)
    return error.error
  if ('code' in error && typeof error.code === 'string') return error.code
  return asEgressFailure(error.cause)?.kind ?? error.name
}

const MAX_DEPTH = 5

/**
 * Whether an error, or one in its chain of causes, is a failed connection, a timeout or a server
 * error.
 */
function isUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return false
  const { name, status, cause } = error as { name?: unknown; status?: unknown; cause?: unknown }
  const isFailing = typeof status === 'number' && status >= 500
  if (name === 'TimeoutError' || isFailing || asEgressFailure(error)) return true
  return isUnavailable(cause, depth + 1)
}
