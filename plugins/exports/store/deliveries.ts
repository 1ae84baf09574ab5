import { sql } from '@payloadcms/db-postgres'
import type { SQL } from '@payloadcms/db-postgres/drizzle'
import { z } from 'zod'
import { toJsonText } from '../../../src/database/json-text.ts'
import { formatDiff, type ListingDiff } from '../domain/compare-listings.ts'
import { DELIVERY_STATES, type DeliveryState } from '../domain/delivery-states.ts'
import { FEED_NAMES, type FeedName } from '../domain/feed-names.ts'
import type { ListedCar } from '../domain/generated-feed.ts'
import { INSTANT, loadRows, LOT_STATUS, type QueryContext, writeRows } from './query.ts'

const COUNT = z.number().nullable()
const DELIVERY = z.object({
  id: z.uuid(),
  feed: z.enum(FEED_NAMES as [FeedName]),
  state: z.enum(Object.keys(DELIVERY_STATES) as [DeliveryState]),
  summary: z.string().nullable(),
  cars: COUNT,
  leftOut: COUNT,
  bytes: z.coerce.number().nullable(),
  error: z.string().nullable(),
  fileName: z.string().nullable(),
  sha256: z.string().nullable(),
  fileKey: z.string().nullable(),
  createdAt: INSTANT,
  finishedAt: INSTANT.nullable(),
})

/** One delivery, as stored. */
export type Delivery = z.infer<typeof DELIVERY>

/** A file that was made for a feed and stored. */
export type StoredFile = {
  fileName: string
  fileKey: string
  sha256: string
  bytes: number
  listed: readonly ListedCar[]
  leftOut: number
}

const COLUMNS = sql`id, feed, state, summary, cars, left_out as "leftOut", bytes, error,
  file_name as "fileName", sha256, file_key as "fileKey", created_at as "createdAt",
  finished_at as "finishedAt"`

const loadDeliveries = (context: QueryContext, rest: SQL): Promise<Delivery[]> =>
  loadRows(context, DELIVERY, sql`select ${COLUMNS} from feed_deliveries ${rest}`)

/** Loads a delivery; undefined if it does not exist. */
export async function findDelivery(
  context: QueryContext,
  id: string,
): Promise<Delivery | undefined> {
  const [found] = await loadDeliveries(context, sql`where id = ${id}`)
  return found
}

/** The newest delivery of a feed in a state; undefined if there is none. */
export async function findLatest(
  context: QueryContext,
  feed: FeedName,
  state: DeliveryState,
): Promise<Delivery | undefined> {
  const [found] = await loadDeliveries(
    context,
    sql`where feed = ${feed} and state = ${state}
      order by coalesce(finished_at, created_at) desc, id desc limit 1`,
  )
  return found
}

/** The newest deliveries of a feed. */
export const listDeliveries = (
  context: QueryContext,
  feed: FeedName,
  limit: number,
): Promise<Delivery[]> =>
  loadDeliveries(
    context,
    sql`where feed = ${feed} order by created_at desc, id desc limit ${limit}`,
  )

/** Records that a run of a job begins a delivery. Returns its ID. */
export async function startDelivery(
  context: QueryContext,
  feed: FeedName,
  jobId: string,
): Promise<string> {
  const [row] = await loadRows(
    context,
    z.object({ id: z.uuid() }),
    sql`
      insert into feed_deliveries (feed, state, job_id) values (${feed}, 'sending', ${jobId})
      returning id`,
  )
  if (!row) throw new Error('The database did not store the delivery.')
  return row.id
}

/** Records the file of a delivery, its cars, and how it differs from the last delivered one. */
export async function saveFile(
  context: QueryContext,
  id: string,
  file: StoredFile,
  diff: ListingDiff,
): Promise<void> {
  await writeRows(
    context,
    sql`
      update feed_deliveries set file_name = ${file.fileName}, file_key = ${file.fileKey},
        sha256 = ${file.sha256}, bytes = ${file.bytes}, cars = ${file.listed.length},
        left_out = ${file.leftOut}, added = ${diff.added}, removed = ${diff.removed},
        repriced = ${diff.repriced}, summary = ${formatDiff(diff)},
        changes = ${toJsonText(diff.changes)}::jsonb
      where id = ${id}`,
  )
  await writeRows(
    context,
    sql`
      insert into feed_delivery_cars (delivery_id, car_id, vin, price, status)
      select ${id}, "carId", vin, price, status
      from jsonb_to_recordset(${toJsonText(file.listed)}::jsonb)
        as car("carId" uuid, vin text, price bigint, status text)`,
  )
}

/** The cars in the file of a delivery. Prices are in cents. */
export const loadListedCars = (context: QueryContext, id: string): Promise<ListedCar[]> =>
  loadRows(
    context,
    z.object({
      carId: z.uuid(),
      vin: z.string(),
      price: z.coerce.number(),
      status: LOT_STATUS,
    }),
    sql`
      select car_id as "carId", vin, price, status from feed_delivery_cars where delivery_id = ${id}
      order by car_id`,
  )

/**
 * Moves a delivery from one of some states to another one. Returns whether it was in one of them:
 * of several callers at the same time, one succeeds.
 */
export async function moveDelivery(
  context: QueryContext,
  id: string,
  from: readonly DeliveryState[],
  to: DeliveryState,
  error: string | null = null,
): Promise<boolean> {
  const isEnd = to !== 'sending' && to !== 'held' && to !== 'released'
  const states = sql.join(
    from.map((state) => sql`${state}`),
    sql`, `,
  )
  const moved = await writeRows(
    context,
    sql`
      update feed_deliveries set state = ${to}, error = ${error},
        finished_at = case when ${isEnd} then clock_timestamp() end
      where id = ${id} and state in (${states})`,
  )
  return moved === 1
}

/**
 * Marks what waits for a manager, or was released and not sent, as superseded: what is older than a
 * delivery, or everything. Returns how many there were.
 */
export const supersedeWaiting = (
  context: QueryContext,
  feed: FeedName,
  newer: string | null = null,
): Promise<number> =>
  writeRows(
    context,
    sql`
      update feed_deliveries set state = 'superseded', finished_at = clock_timestamp()
      where feed = ${feed} and state in ('held', 'released') and (${newer}::uuid is null
        or created_at < (select created_at from feed_deliveries where id = ${newer}))`,
  )

/** Removes a delivery whose file is not kept. */
export const removeDelivery = (context: QueryContext, id: string): Promise<number> =>
  writeRows(context, sql`delete from feed_deliveries where id = ${id}`)

/** Removes the lists of cars that no comparison and no release needs any more. */
export const forgetOldCars = (
  context: QueryContext,
  feed: FeedName,
  keep: string,
): Promise<number> =>
  writeRows(
    context,
    sql`
      delete from feed_delivery_cars where delivery_id <> ${keep} and delivery_id in (
        select id from feed_deliveries where feed = ${feed}
          and state not in ('sending', 'held', 'released'))`,
  )

/**
 * Fails the deliveries of runs that have ended without an outcome, because their process died.
 * Returns them.
 */
export const failAbandoned = (
  context: QueryContext,
  error: string,
  feed: FeedName | null = null,
): Promise<{ feed: string; cars: number | null }[]> =>
  loadRows(
    context,
    z.object({ feed: z.string(), cars: COUNT }),
    sql`
      update feed_deliveries delivery set state = 'failed', error = ${error},
        finished_at = clock_timestamp()
      where state = 'sending' and (${feed}::text is null or feed = ${feed})
        and not exists (select from job_history run where run.job_id = delivery.job_id
          and run.completed_at is null and run.started_at <= delivery.created_at)
      returning feed, cars`,
  )

/** Writes an entry of the documented log of exports. */
export async function logExport(
  context: QueryContext,
  entry: {
    platform: string
    status: 'success' | 'failure'
    vehicleCount: number
    errorMessage: string | null
  },
): Promise<void> {
  await writeRows(
    context,
    sql`
      insert into export_logs (platform, status, vehicle_count, error_message, exported_at)
      values (${entry.platform}, ${entry.status}, ${entry.vehicleCount}, ${entry.errorMessage},
        clock_timestamp())`,
  )
}

/** When a delivery of a feed last ended, with whatever outcome; null if none has. */
export async function findLastRun(context: QueryContext, feed: FeedName): Promise<string | null> {
  const [last] = await loadRows(
    context,
    z.object({ at: INSTANT.nullable() }),
    sql`select max(exported_at) as at from export_logs where platform = ${feed}`,
  )
  return last?.at ?? null
}

/** Which of some stored files deliveries name. */
export async function findNamedFiles(
  context: QueryContext,
  keys: readonly string[],
): Promise<Set<string>> {
  const found = await loadRows(
    context,
    z.object({ key: z.string() }),
    sql`
      select file_key as key from feed_deliveries
      where file_key in (select jsonb_array_elements_text(${toJsonText(keys)}::jsonb))`,
  )
  return new Set(found.map(({ key }) => key))
}

/**
 * Removes up to 200 deliveries that ended more than `days` days before `now` and are not among the
 * newest `newest` of their feed, and the last delivered one of no feed. Returns how many.
 */
export const removeOldDeliveries = (
  context: QueryContext,
  { now, days, newest }: { now: Date; days: number; newest: number },
): Promise<number> =>
  writeRows(
    context,
    sql`
      with ranked as (
        select id, created_at, state,
          row_number() over (partition by feed order by created_at desc, id desc) as rank,
          row_number() over (partition by feed, state order by finished_at desc, id desc) as recent
        from feed_deliveries),
      old as (
        select id from ranked where rank > ${newest}
          and state not in ('sending', 'held', 'released')
          and created_at < ${now.toISOString()}::timestamptz - make_interval(days => ${days})
          and not (state = 'delivered' and recent = 1) limit 200),
      cars as (delete from feed_delivery_cars where delivery_id in (select id from old))
      delete from feed_deliveries where id in (select id from old)`,
  )

/** The addresses of the active managers and admins. */
export async function listManagerAddresses(context: QueryContext): Promise<string[]> {
  const found = await loadRows(
    context,
    z.object({ email: z.string() }),
    sql`
      select email from users where role in ('manager', 'admin') and is_active order by email`,
  )
  return found.map(({ email }) => email)
}
