import type { InitialPreferences } from '../domain/locale-preferences.ts'

/** An e-mail address as the identity provider knows it. */
export type ProviderEmail = { email: string; emailVerified: boolean }

/**
 * What the identity provider says about an owner beside their subject; null where it says no e-mail
 * address.
 */
export type OwnerFacts = (ProviderEmail & { preferences: InitialPreferences }) | null

/**
 * Whom a token speaks for. A token service that says nothing else than the subject makes no
 * profiles.
 */
export type VerifiedToken = {
  subject: string
  /** When the token was issued, in milliseconds. */
  issuedAt?: number
  /** The address that the token itself names. */
  namedEmail?: ProviderEmail | null
  /** What there is to know, from the token or else once from the provider. Throws ProviderAway. */
  fetchFacts?: () => Promise<OwnerFacts>
}

/**
 * The port behind which owners' tokens are checked: who a Bearer token speaks for, as the subject
 * of the identity provider; null when it is no token of theirs. It does not throw for a token that
 * is merely wrong; ProviderAway when it can't be told.
 */
export type VerifyToken = (token: string) => Promise<VerifiedToken | null>

/**
 * What the product hands in where no settings say who signs owners' tokens: no token speaks for
 * anybody.
 */
export const rejectEveryToken: VerifyToken = () => Promise.resolve(null)

/** The identity provider does not answer: whether a token is good can't be told now. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable'
}

/** The token of a request; undefined when it carries none. */
export const findBearerToken = (headers: Headers): string | undefined =>
  /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
