import type { AuthStrategy, CollectionConfig, Payload } from 'payload'
import { getPostgresAdapter } from '../../database/transaction.ts'
import { createOwnerProfile, updateNamedEmail } from './owner-profile.ts'
import { OWNER_STRATEGY } from '../../access/identity.ts'
import { findBearerToken, type VerifiedToken, type VerifyToken } from './owner-tokens.ts'

/**
 * How owners are authenticated: the token verifier, and the version of the terms that they have to
 * agree to; null if there are no terms.
 */
export type OwnerSignIn = { verifyToken: VerifyToken; termsVersion: string | null }

/** The header that reports the current terms to an owner who agreed to older ones. */
const TERMS_HEADER = 'x-terms-outdated'

/**
 * Adds owner authentication to the collection of profiles; other collections are returned
 * unchanged.
 */
export function withOwnerSignIn(
  collection: CollectionConfig,
  signIn: OwnerSignIn,
): CollectionConfig {
  if (collection.slug !== 'user-profiles' || typeof collection.auth !== 'object') return collection
  return { ...collection, auth: { ...collection.auth, strategies: [createOwnerStrategy(signIn)] } }
}

/**
 * Runs with every request of an owner, so it is prepared once per connection. It includes the
 * vehicles that others share with the owner, unless their owner is deactivated: a share that ends
 * has no effect on the next request (src/access/vehicle-access.ts).
 */
const PROFILE_BY_SUBJECT_SQL = `
  select p.id, p.auth0_sub as "auth0Sub", p.email, p.display_name as "displayName",
    coalesce(p.email_verified, false) as "emailVerified",
    p.updated_at as "updatedAt", p.deactivated_at is not null as deactivated,
    exists (select from admin_users a where a.auth0_sub = p.auth0_sub
      and a.revoked_at is null) as "garageAdmin",
    exists (select from purged_owners g where g.subject_hash = encode(sha256(convert_to(p.auth0_sub,
      'UTF8')), 'hex')) as purged,
    (select t.terms_version from terms_agreements t where t.user_id = p.auth0_sub)
      as "termsVersion",
    coalesce((select json_agg(json_build_object('vehicle', v.id, 'owner', v.user_id,
        'role', s.role) order by v.id)
      from vehicle_shares s join vehicles v on v.id = s.vehicle_id and v.deleted_at is null
      join user_profiles o on o.auth0_sub = v.user_id and o.deactivated_at is null
      where s.guest_id = p.auth0_sub), '[]') as "sharedVehicles"
  from user_profiles p where p.auth0_sub = $1`

type OwnerProfileRow = {
  email: string
  emailVerified: boolean
  updatedAt: Date
  deactivated: boolean
  purged: boolean
  termsVersion: string | null
  sharedVehicles: unknown
} & Record<'id' | 'auth0Sub', string>

/**
 * Authenticates an owner with a Bearer token of the identity provider, never with a cookie, and
 * only if the profile is active; the first token creates the profile. An owner who has not agreed
 * to the terms is identified, but may not use the owners' API yet.
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
