import type { Payload } from 'payload'
import { postgresOf } from '../database/transaction.ts'
import type { Spoken } from './owner-tokens.ts'

/** One statement, so that there is a profile with its preferences or neither; the second of two at once finds it made. */
const MAKE = `
  with made as (
    insert into user_profiles (auth0_sub, email, email_verified)
    select $1::varchar, $2::varchar, $3::boolean
    where not exists (select from purged_owners where subject_hash = encode(sha256(convert_to($1::text, 'UTF8')), 'hex'))
    on conflict (auth0_sub) do nothing returning auth0_sub)
  insert into user_preferences (user_id, unit_system, currency_code, time_zone)
  select auth0_sub, $4, $5, $6 from made on conflict (user_id) do nothing`

/**
 * Makes profile and preferences of an owner who was never here, from what the identity provider says. Answers whether there may be a
 * profile now: not where the provider says no e-mail address. Who was purged does not come back. Throws ProviderAway.
 */
export async function firstVisit(payload: Payload, { subject, facts }: Spoken): Promise<boolean> {
  if (!facts) return false
  const known = await facts()
  if (!known) {
    payload.logger.warn(
      'An owner was turned away: the identity provider says no e-mail address of theirs. See OWNERS_EMAIL_CLAIM.',
    )
    return false
  }
  const { email, emailVerified, preferences } = known
  const { unitSystem, currencyCode, timeZone } = preferences
  await postgresOf(payload).pool.query(MAKE, [subject, email, emailVerified, unitSystem, currencyCode, timeZone])
  return true
}

type Kept = { email: string; emailVerified: boolean; updatedAt: Date }

/**
 * Takes over the address that a token names where the profile has another: it was changed at the provider. A token that was issued
 * before the profile last changed says nothing new. Answers whether it was taken.
 */
export async function takeNamedEmail(payload: Payload, { subject, named, issuedAt = 0 }: Spoken, kept: Kept): Promise<boolean> {
  if (!named || (named.email === kept.email && named.emailVerified === kept.emailVerified)) return false
  if (issuedAt <= kept.updatedAt.getTime()) return false
  const { rowCount } = await postgresOf(payload).pool.query(
    `update user_profiles set email = $2, email_verified = $3 where auth0_sub = $1 and updated_at < $4`,
    [subject, named.email, named.emailVerified, new Date(issuedAt)],
  )
  return rowCount === 1
}
