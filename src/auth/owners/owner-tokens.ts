import type { InitialPreferences } from '../../domain/locale-preferences.ts'

/** An e-mail address as the identity provider knows it. */
export type ProviderEmail = { email: string; emailVerified: boolean }

/**
 * What the identity provider reports about an owner in addition to the subject; null if it reports
 * no e-mail address.
 */
export type OwnerFacts = (ProviderEmail & { preferences: InitialPreferences }) | null

/**
 * The subject of a verified token. A token service that reports only the subject creates no
 * profiles.
 */
export type VerifiedToken = {
  subject: string
  /** When the token was issued, in milliseconds. */
  issuedAt?: number
  /** The address in the token. */
  namedEmail?: ProviderEmail | null
  /** Reads the facts from the token, or else once from the provider. Throws ProviderUnavailable. */
  fetchFacts?: () => Promise<OwnerFacts>
}

/**
 * Verifies an owner's Bearer token. Returns the subject at the identity provider, or null if the
 * token is not an owner's. Does not throw for an invalid token; throws ProviderUnavailable if the
 * token cannot be verified now.
 */
export type VerifyToken = (token: string) => Promise<VerifiedToken | null>

/** The verifier used if no settings name an issuer of owners' tokens: it accepts no token. */
export const rejectEveryToken: VerifyToken = () => Promise.resolve(null)

/** The identity provider does not respond, so the token cannot be verified now. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable'
}

/** The Bearer token of a request; undefined if it carries none. */
export const findBearerToken = (headers: Headers): string | undefined =>
  /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1]
