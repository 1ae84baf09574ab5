import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { z } from 'zod'
import { toJsonText } from '../../../src/database/json-text.ts'
import { PRICE_ALERTS } from '../domain/alert.ts'
import type { ReportedAlert } from '../domain/digest.ts'
import type { DigestTime, Period } from '../domain/digest-time.ts'
import type { AnalyzedCar } from '../domain/price-decision.ts'
import { INSTANT, loadRows, type QueryContext, writeRows } from './query.ts'

/** The hour and the time zone of managers who have not chosen their own. */
export type DigestDefaults = { sendHour: number; timeZone: string }

const RECIPIENT_ROW = z.object({
  user: z.string(),
  email: z.string(),
  name: z.string(),
  sendHour: z.number(),
  timeZone: z.string(),
  checkedAt: INSTANT.nullable(),
})

/** A manager who gets digests. */
export type Recipient = DigestTime & {
  user: string
  email: string
  name: string
}

/** Returns the active managers and admins whose digest is neither off nor muted at `now`. */
export async function loadRecipients(
  context: QueryContext,
  { sendHour, timeZone }: DigestDefaults,
  now: Date,
): Promise<Recipient[]> {
  return loadRows(
    context,
    RECIPIENT_ROW,
    sql`
      select users.id as user, users.email, users.name,
        coalesce(digest.send_hour, ${sendHour}) as "sendHour",
        coalesce(nullif(digest.time_zone, ''), ${timeZone}) as "timeZone",
        digest.checked_at as "checkedAt"
      from users left join market_digests digest on digest.user_id = users.id
      where users.role in ('manager', 'admin') and users.is_active
        and digest.active is not false
        and (digest.muted_until_at is null or digest.muted_until_at <= ${now.toISOString()})
      order by users.id`,
  )
}

/**
 * Records that the digest of a manager is checked now. Returns false if another process has checked
 * it in the meantime.
 */
export async function claimCheck(
  context: QueryContext,
  { user, sendHour, checkedAt }: Recipient,
  now: Date,
): Promise<boolean> {
  const claimed = await writeRows(
    context,
    sql`
      insert into market_digests as digest (user_id, send_hour, active, checked_at)
      values (${user}, ${sendHour}, true, ${now.toISOString()})
      on conflict (user_id) do update set checked_at = excluded.checked_at
      where digest.checked_at is not distinct from ${checkedAt}::timestamptz`,
  )
  return claimed > 0
}

/** Records that the digest of a manager was written now. */
export async function recordSentDigest(
  context: QueryContext,
  { user }: Recipient,
  now: Date,
): Promise<void> {
  await writeRows(
    context,
    sql`update market_digests set last_sent_at = ${now.toISOString()} where user_id = ${user}`,
  )
}

/** Creates the row of a manager if there is none. Returns its ID. */
export async function ensureDigest(
  context: QueryContext,
  user: string,
  sendHour: number,
): Promise<string> {
  await writeRows(
    context,
    sql`
      insert into market_digests (user_id, send_hour, active) values (${user}, ${sendHour}, true)
      on conflict (user_id) do nothing`,
  )
  const [row] = await loadRows(
    context,
    z.object({ id: z.string() }),
    sql`select id from market_digests where user_id = ${user}`,
  )
  if (!row) throw new Error(`The digest of user ${user} was not created.`)
  return row.id
}

const SETTINGS_ROW = z.object({
  active: z.boolean(),
  sendHour: z.number(),
  timeZone: z.string().nullable(),
  mutedUntilAt: INSTANT.nullable(),
  lastSentAt: INSTANT.nullable(),
})

/** A manager's own settings. `timeZone` is null for that of the schedules. */
export type DigestSettings = z.output<typeof SETTINGS_ROW>

/** Returns the settings of a manager; null if there is no row yet. */
export async function findDigestSettings(
  context: QueryContext,
  user: string,
): Promise<DigestSettings | null> {
  const [row] = await loadRows(
    context,
    SETTINGS_ROW,
    sql`
      select active is not false as active, send_hour as "sendHour",
        nullif(time_zone, '') as "timeZone", muted_until_at as "mutedUntilAt",
        last_sent_at as "lastSentAt"
      from market_digests where user_id = ${user}`,
  )
  return row ?? null
}

/**
 * Returns the open alerts that were raised in a period or whose snooze ended in it, critical ones
 * first. Leaves out alerts that are snoozed at its end, those of cars that are muted then, and
 * those that no longer apply: about a sold car, or about an earlier price of ours.
 */
export async function loadReportedAlerts(
  context: QueryContext,
  { since, until }: Period,
): Promise<ReportedAlert[]> {
  return loadRows(
    context,
    z.object({ car: z.string().nullable(), message: z.string(), severity: z.string() }),
    sql`
      select alert.inventory_id as car, alert.message, alert.severity
      from market_alerts alert left join inventory car on car.id = alert.inventory_id
      where alert.dismissed is not true
        and greatest(alert.raised_at, alert.snoozed_until_at) > ${since}
        and greatest(alert.raised_at, alert.snoozed_until_at) <= ${until}
        and (car.alerts_muted_until_at is null or car.alerts_muted_until_at <= ${until})
        and car.status is distinct from 'sold'
        and (alert.our_price is null or car.id is null or alert.our_price = car.price
          or alert.alert_type not in (
            select jsonb_array_elements_text(${toJsonText(PRICE_ALERTS)}::jsonb)))
      order by alert.severity <> 'critical', alert.raised_at, alert.id`,
  )
}

const CAR_ROW = z
  .object({
    id: z.string(),
    title: z.string(),
    stockNumber: z.string().nullable(),
    cents: z.number(),
    expectedCents: z.number(),
    firstQuartileCents: z.number().nullable(),
    thirdQuartileCents: z.number().nullable(),
    costCents: z.number().nullable(),
    priorCents: z.number().nullable(),
    priorExpectedCents: z.number().nullable(),
  })
  .transform(({ priorCents, priorExpectedCents, ...car }): AnalyzedCar => {
    const isKnown = priorCents !== null && priorExpectedCents !== null
    return {
      ...car,
      before: isKnown ? { cents: priorCents, expectedCents: priorExpectedCents } : null,
    }
  })

/** Our past prices of a car: those of its analyses, and those that it was changed to. */
const buildPastPrices = (): SQL => sql`
  select our_price as price, recorded_at as at from market_price_history
  where inventory_id = car.id
  union all
  select to_price, changed_at from price_changes where inventory_id = car.id`

/**
 * Returns the cars for sale that have a market price, with both prices at the start of a period,
 * unless the car's alerts were muted then. Leaves out cars whose alerts are muted at its end.
 */
export async function loadAnalyzedCars(
  context: QueryContext,
  { since, until }: Period,
): Promise<AnalyzedCar[]> {
  return loadRows(
    context,
    CAR_ROW,
    sql`
      select car.id, coalesce(car.title, car.vin) as title, car.stock_number as "stockNumber",
        (car.price * 100)::float8 as cents,
        (car.cost * 100)::float8 as "costCents",
        ((result.search_parameters ->> 'expectedPrice')::numeric * 100)::float8 as "expectedCents",
        (result.search_parameters ->> 'firstQuartile')::float8 * 100 as "firstQuartileCents",
        (result.search_parameters ->> 'thirdQuartile')::float8 * 100 as "thirdQuartileCents",
        (select (past.price * 100)::float8 from (${buildPastPrices()}) past
          where past.at <= ${since}
            and (car.alerts_muted_until_at is null or car.alerts_muted_until_at <= ${since})
          order by past.at desc limit 1) as "priorCents",
        (select (past.expected_price * 100)::float8 from market_price_history past
          where past.inventory_id = car.id and past.recorded_at <= ${since}
            and past.expected_price is not null
          order by past.recorded_at desc, past.id limit 1) as "priorExpectedCents"
      from inventory car join market_research_results result on result.inventory_id = car.id
      where car.status = 'available' and result.price_recommendation <> 'insufficient_data'
        and jsonb_typeof(result.search_parameters -> 'expectedPrice') = 'number'
        and (car.alerts_muted_until_at is null or car.alerts_muted_until_at <= ${until})
      order by car.id`,
  )
}
