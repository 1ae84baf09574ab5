import type { AuthStrategy, CollectionConfig, Payload } from 'payload'
import { getPostgresAdapter } from '../database/transaction.ts'
import { createOwnerProfile, updateNamedEmail } from './owner-profile.ts'
import { OWNER_STRATEGY } from './identity.ts'
import { findBearerToken, type VerifiedToken, type VerifyToken } from './owner-tokens.ts'

/**
 * How owners come in: who checks their tokens, and the version of the terms that they agree to;
 * null where they agree to nothing.
 */
export type OwnerSignIn = { verifyToken: VerifyToken; termsVersion: string | null }

/** Tells an owner whose agreement is to older terms which ones hold now. */
const TERMS_HEADER = 'x-terms-outdated'

/** The profiles' table with the way owners come in by; every other collection as it is. */
export function withOwnerSignIn(
  collection: CollectionConfig,
  signIn: OwnerSignIn,
): CollectionConfig {
  if (collection.slug !== 'user-profiles' || typeof collection.auth !== 'object') return collection
  return { ...collection, auth: { ...collection.auth, strategies: [createOwnerStrategy(signIn)] } }
}

/** Asked with every request of an owner, so it is prepared once a connection. */
const PROFILE_BY_SUBJECT_SQL = `
  select p.id, p.auth0_sub as "auth0Sub", p.email, p.display_name as "displayName",
    coalesce(p.email_verified, false) as "emailVerified",
    p.updated_at as "updatedAt", p.deactivated_at is not null as deactivated,
    exists (select from admin_users a where a.auth0_sub = p.auth0_sub
      and a.revoked_at is null) as "garageAdmin",
    exists (select from purged_owners g where g.subject_hash = encode(sha256(convert_to(p.auth0_sub,
      'UTF8')), 'hex')) as purged,
    (select t.terms_version from terms_agreements t where t.user_id = p.auth0_sub) as "termsVersion"
  from user_profiles p where p.auth0_sub = $1`

type OwnerProfileRow = {
  email: string
  emailVerified: boolean
  updatedAt: Date
  deactivated: boolean
  purged: boolean
  termsVersion: string | null
} & Record<'id' | 'auth0Sub', string>

/**
 * An owner comes in by a Bearer token of the identity provider, never by a cookie, and only with an
 * active profile, which their first token makes. Who has not agreed to the terms is known, but may
 * not do yet what owners may.
 */
function createOwnerStrategy({ verifyToken, termsVersion }: OwnerSignIn): AuthStrategy {
  return {
    name: OWNER_STRATEGY,
    authenticate: async ({ headers, payload }) => {
      const token = findBearerToken(headers)
      const verified = token ? await verifyToken(token) : null
      const found =
        verified &&
        ((await findProfile(payload, verified)) ?? (await createAndFindProfile(payload, verified)))
      if (!found || found.deactivated || found.purged) return { user: null }
      const {
        deactivated: _,
        purged: _p,
        ...profile
      } = (await updateNamedEmail(payload, verified, found))
        ? { ...found, ...verified.namedEmail }
        : found
      const awaitsTerms = termsVersion !== null && found.termsVersion === null
      const outdated = termsVersion !== null && !awaitsTerms && found.termsVersion !== termsVersion
      return {
        user: {
          ...profile,
          awaitsTerms,
          collection: 'user-profiles',
          _strategy: OWNER_STRATEGY,
        } as never,
        ...(outdated && { responseHeaders: new Headers({ [TERMS_HEADER]: termsVersion }) }),
      }
    },
  }
}

async function findProfile(
  payload: Payload,
  { subject }: VerifiedToken,
): Promise<OwnerProfileRow | null> {
  const { pool } = getPostgresAdapter(payload)
  const { rows } = await pool.query<OwnerProfileRow>({
    name: 'owner-by-subject',
    text: PROFILE_BY_SUBJECT_SQL,
    values: [subject],
  })
  return rows[0] ?? null
}

async function createAndFindProfile(
  payload: Payload,
  verified: VerifiedToken,
): Promise<OwnerProfileRow | null> {
  return (await createOwnerProfile(payload, verified)) ? findProfile(payload, verified) : null
}
