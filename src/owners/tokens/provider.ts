import { z } from 'zod'
import { ProviderAway } from '../../access/owner-tokens.ts'
import type { ProviderFetch } from './provider-fetch.ts'

/** Where the identity provider keeps what is asked of it. */
export type Provider = { jwksUrl: URL; userinfoUrl: URL | null }

const DISCOVERED = z.object({ issuer: z.string(), jwks_uri: z.url(), userinfo_endpoint: z.url().optional() })

type Known = { issuer: string; jwksUrl?: string | undefined }

/**
 * What the issuer says of itself (OpenID Connect Discovery), asked once and kept. It may send nobody elsewhere: both addresses are of
 * its own origin, and another place for its keys is said by OWNERS_JWKS_URL. Throws ProviderAway.
 */
export function discovery(known: Known, fetch: ProviderFetch): () => Promise<Provider> {
  const kept: { provider?: Promise<Provider> } = {}
  return () => {
    kept.provider ??= discover(known, fetch).catch((error: unknown) => {
      delete kept.provider
      throw error
    })
    return kept.provider
  }
}

async function discover({ issuer, jwksUrl }: Known, fetch: ProviderFetch): Promise<Provider> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`
  const response = await fetch(address)
  const said = DISCOVERED.safeParse(response.ok ? await response.json().catch(() => null) : null)
  if (!said.success) {
    if (jwksUrl) return { jwksUrl: new URL(jwksUrl), userinfoUrl: null }
    throw new ProviderAway(`${address} is no OpenID configuration. OWNERS_JWKS_URL can say where the keys are.`)
  }
  const { data } = said
  if (data.issuer !== issuer) throw new ProviderAway(`${address} speaks for ${data.issuer}, not for ${issuer}.`)
  return {
    jwksUrl: jwksUrl ? new URL(jwksUrl) : ownOf(issuer, data.jwks_uri),
    userinfoUrl: data.userinfo_endpoint ? ownOf(issuer, data.userinfo_endpoint) : null,
  }
}

function ownOf(issuer: string, address: string): URL {
  const url = new URL(address)
  if (url.origin === new URL(issuer).origin) return url
  throw new ProviderAway(`The issuer ${issuer} names ${url.origin}, which is not its own origin.`)
}
