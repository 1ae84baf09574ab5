import { z } from 'zod'
import { createRequestCache } from '../../../egress/request-cache.ts'
import type { WebFetch } from '../../../egress/web-fetch.ts'
import { ProviderUnavailable } from '../owner-tokens.ts'

/** The endpoints of the identity provider. */
export type Provider = { jwksUrl: URL; userinfoUrl: URL | null }

const DISCOVERED = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
})

type IssuerOptions = { issuer: string; jwksUrl?: string | undefined }

/**
 * The issuer's configuration (OpenID Connect Discovery), fetched once and cached. It may not name
 * other servers: both addresses must have its own origin, and OWNERS_JWKS_URL sets a different
 * location of the keys. Throws ProviderUnavailable.
 */
export function createDiscovery(issuer: IssuerOptions, fetch: WebFetch): () => Promise<Provider> {
  const cache = createRequestCache<Provider>({ maxEntries: 1 })
  return () => cache(issuer.issuer, () => discoverProvider(issuer, fetch))
}

async function discoverProvider(
  { issuer, jwksUrl }: IssuerOptions,
  fetch: WebFetch,
): Promise<Provider> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(address)
  const parsed = DISCOVERED.safeParse(response.ok ? await response.json().catch(() => null) : null)
  if (!parsed.success) {
    if (jwksUrl) return { jwksUrl: new URL(jwksUrl), userinfoUrl: null }
    throw new ProviderUnavailable(
      `${address} is not an OpenID configuration. Set OWNERS_JWKS_URL to the address of the keys.`,
    )
  }
  const { data } = parsed
  if (data.issuer !== issuer)
    throw new ProviderUnavailable(
      `${address} is the configuration of ${data.issuer}, not of ${issuer}.`,
    )
  return {
    jwksUrl: jwksUrl ? new URL(jwksUrl) : requireOwnOrigin(issuer, data.jwks_uri),
    userinfoUrl: data.userinfo_endpoint ? requireOwnOrigin(issuer, data.userinfo_endpoint) : null,
  }
}

function requireOwnOrigin(issuer: string, address: string): URL {
  const url = new URL(address)
  if (url.origin === new URL(issuer).origin) return url
  throw new ProviderUnavailable(
    `The configuration of ${issuer} contains a URL at a different origin, ${url.origin}.`,
  )
}
