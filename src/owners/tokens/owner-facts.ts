import type { KnownEmail, OwnerFacts } from '../../access/owner-tokens.ts'
import { mailAddressProblem } from '../../domain/mail-address.ts'
import { preferencesOfLocale } from '../../domain/locale-preferences.ts'
import type { Provider } from './provider.ts'
import type { ProviderFetch } from './provider-fetch.ts'

type Claims = Readonly<Record<string, unknown>>

/** The address in the claim that the settings name, and whether `…_verified` beside it is true; null where it is not there. */
export function namedEmail(claims: Claims, claim = 'email'): KnownEmail | null {
  const email = claims[claim]
  if (typeof email !== 'string' || email.length > 255 || mailAddressProblem(email) !== null) return null
  return { email, emailVerified: claims[`${claim}_verified`] === true }
}

/** What the token says, where it names an address; else what the provider's userinfo endpoint says. Throws ProviderAway. */
export async function ownerFacts(
  claims: Claims,
  named: KnownEmail | null,
  askUserinfo: () => Promise<Claims>,
): Promise<OwnerFacts> {
  if (named) return { ...named, preferences: preferencesOfLocale(claims['locale'], claims['zoneinfo']) }
  const told = await askUserinfo()
  const email = told['sub'] === claims['sub'] ? namedEmail(told) : null
  return (
    email && {
      ...email,
      preferences: preferencesOfLocale(claims['locale'] ?? told['locale'], claims['zoneinfo'] ?? told['zoneinfo']),
    }
  )
}

/** What the userinfo endpoint answers to a token; nothing where there is none, or where it refuses the token. */
export async function userinfoOf({ userinfoUrl }: Provider, token: string, fetch: ProviderFetch): Promise<Claims> {
  if (!userinfoUrl) return {}
  const response = await fetch(userinfoUrl, { headers: { authorization: `Bearer ${token}`, accept: 'application/json' } })
  const told: unknown = response.ok ? await response.json().catch(() => null) : null
  return typeof told === 'object' && told !== null ? (told as Claims) : {}
}
