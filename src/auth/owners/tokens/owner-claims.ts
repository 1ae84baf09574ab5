import type { ProviderEmail, OwnerFacts } from '../owner-tokens.ts'
import { findMailAddressProblem } from '../../../domain/mail-address.ts'
import { derivePreferences } from '../../../domain/locale-preferences.ts'
import type { WebFetch } from '../../../egress/web-fetch.ts'
import type { Provider } from './provider.ts'

type Claims = Readonly<Record<string, unknown>>

/**
 * The address in the claim that the settings name, and whether its `…_verified` claim is true; null
 * if missing.
 */
export function findNamedEmail(claims: Claims, claim = 'email'): ProviderEmail | null {
  const email = claims[claim]
  if (typeof email !== 'string' || email.length > 255 || findMailAddressProblem(email) !== null)
    return null
  return { email, emailVerified: claims[`${claim}_verified`] === true }
}

/**
 * The facts in the token, if it contains an address; else the response of the provider's userinfo
 * endpoint. Throws ProviderUnavailable.
 */
export async function resolveOwnerFacts(
  claims: Claims,
  named: ProviderEmail | null,
  loadUserinfo: () => Promise<Claims>,
): Promise<OwnerFacts> {
  if (named)
    return { ...named, preferences: derivePreferences(claims['locale'], claims['zoneinfo']) }
  const userinfo = await loadUserinfo()
  const email = userinfo['sub'] === claims['sub'] ? findNamedEmail(userinfo) : null
  return (
    email && {
      ...email,
      preferences: derivePreferences(
        claims['locale'] ?? userinfo['locale'],
        claims['zoneinfo'] ?? userinfo['zoneinfo'],
      ),
    }
  )
}

/**
 * The response of the userinfo endpoint to a token; empty if there is no endpoint, or if it refuses
 * the token.
 */
export async function fetchUserinfo(
  { userinfoUrl }: Provider,
  token: string,
  fetch: WebFetch,
): Promise<Claims> {
  if (!userinfoUrl) return {}
  const response = await fetch(userinfoUrl, {
    headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
  })
  const userinfo: unknown = response.ok ? await response.json().catch(() => null) : null
  return typeof userinfo === 'object' && userinfo !== null ? (userinfo as Claims) : {}
}
