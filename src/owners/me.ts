import type { PayloadRequest } from 'payload'
import type { Account } from '../access/identity.ts'
import { getConnection } from '../database/with-request-transaction.ts'
import type { MeAnswer, OnboardingAnswer, TermsState } from './api-types.ts'
import type { Terms } from './terms.ts'

const ME_SQL = `
  select p.id, p.email, coalesce(p.email_verified, false) as "emailVerified", p.display_name as
    "displayName",
    p.notification_email as "notificationEmail", p.notification_email_confirmed_at is not null as
      "notificationEmailConfirmed",
    p.subscription_tier as "subscriptionTier", p.created_at as "createdAt",
    p.onboarding_completed_at as completed, p.deletion_requested_at as requested,
      p.deletion_scheduled_at as scheduled,
    u.id is not null as has_preferences, u.updated_at > u.created_at as preferences, u.unit_system,
      u.currency_code, u.time_zone,
    t.terms_version, t.agreed_at,
    exists (select from vehicles v where v.user_id = p.auth0_sub
      and v.deleted_at is null) as vehicle
  from user_profiles p
    left join user_preferences u on u.user_id = p.auth0_sub left
      join terms_agreements t on t.user_id = p.auth0_sub
  where p.id = $1`

type Row = Omit<MeAnswer['profile'], 'createdAt'> & {
  createdAt: Date
  completed: Date | null
  requested: Date | null
  scheduled: Date | null
  has_preferences: boolean
  preferences: boolean | null
  unit_system: string | null
  currency_code: string | null
  time_zone: string | null
  terms_version: string | null
  agreed_at: Date | null
  vehicle: boolean
}

/** The complete account of an owner, in one statement. */
export async function loadMe(
  req: PayloadRequest,
  { profile, garageAdmin }: Account,
  terms: Terms | null,
): Promise<MeAnswer> {
  const { rows } = await getConnection(req).query<Row>(ME_SQL, [profile])
  const [row] = rows
  if (!row) throw new Error('The profile was deleted while it was being read.')
  const {
    id,
    email,
    emailVerified,
    displayName,
    notificationEmail,
    notificationEmailConfirmed,
    subscriptionTier,
    createdAt,
  } = row
  const known = {
    id,
    email,
    emailVerified,
    displayName,
    notificationEmail,
    notificationEmailConfirmed,
    subscriptionTier,
  }
  const agreed =
    row.terms_version && row.agreed_at
      ? { version: row.terms_version, at: row.agreed_at.toISOString() }
      : null
  return {
    profile: { ...known, createdAt: createdAt.toISOString() },
    preferences: row.has_preferences
      ? { unitSystem: row.unit_system, currencyCode: row.currency_code, timeZone: row.time_zone }
      : null,
    terms: { state: getTermsState(terms, agreed?.version), current: terms, agreed },
    onboarding: toOnboarding(row),
    deletion:
      row.requested && row.scheduled
        ? { requestedAt: row.requested.toISOString(), scheduledAt: row.scheduled.toISOString() }
        : null,
    garageAdmin,
  }
}

function getTermsState(terms: Terms | null, agreed: string | undefined): TermsState {
  if (!terms) return 'none'
  if (agreed === undefined) return 'required'
  return agreed === terms.version ? 'agreed' : 'outdated'
}

/** Preferences count as set if they were written after they were created. */
function toOnboarding({ completed, preferences, vehicle }: Row): OnboardingAnswer {
  const steps = { preferences: preferences === true, vehicle }
  const open = !steps.preferences ? 'preferences' : !steps.vehicle ? 'vehicle' : 'complete'
  return { completedAt: completed?.toISOString() ?? null, steps, next: completed ? null : open }
}
