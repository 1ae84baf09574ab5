import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import {
  judgeOctane,
  MAX_AGE_DAYS,
  type OctaneReport,
  type OctaneVerdict,
} from '../domain/octane.ts'

type Database = Transaction['db']

const REPORT = z.object({
  id: z.string(),
  reporter: z.string(),
  has93Octane: z.boolean().nullable(),
  reportedAt: z.number().transform((milliseconds) => new Date(milliseconds)),
})
const STATION = z.object({ id: z.string() })

/** The active reports about a station. One without a time counts from the start of time. */
export async function loadReports(db: Database, station: string): Promise<OctaneReport[]> {
  const { rows } = await db.execute(sql`
    select id, user_id as reporter, has_93_octane as "has93Octane",
      coalesce(extract(epoch from reported_at), 0)::float8 * 1000 as "reportedAt"
    from community_stations where station_id = ${station} and removed_at is null`)
  return rows.map((row) => REPORT.parse(row))
}

/**
 * Judges the reports about a station. It is locked first, so that of two concurrent writers the
 * later one sees both.
 */
export async function judgeLockedStation(
  db: Database,
  station: string,
  now: Date,
): Promise<OctaneVerdict> {
  await db.execute(sql`select 1 from stations where id = ${station} for no key update`)
  return judgeOctane(await loadReports(db, station), now)
}

/** Saves the verdict about a station in its column. */
export async function saveVerdict(db: Database, station: string, now: Date): Promise<void> {
  const { has93Octane } = await judgeLockedStation(db, station, now)
  await db.execute(sql`
    update stations set has_93_octane = ${has93Octane}
    where id = ${station} and has_93_octane is distinct from ${has93Octane}::boolean`)
}

/**
 * The active report of an owner about a station; null if there is none. Until the transaction ends,
 * nobody removes it, and the owner does not create another one by this function.
 */
export async function lockOwnReport(
  db: Database,
  { station, userId }: { station: string; userId: string },
): Promise<string | null> {
  const lock = JSON.stringify(['report about a station', station, userId])
  await db.execute(sql`select pg_advisory_xact_lock(hashtextextended(${lock}, 0))`)
  const { rows } = await db.execute(sql`
    select id from community_stations
    where station_id = ${station} and user_id = ${userId} and removed_at is null for update`)
  return rows[0] ? STATION.parse(rows[0]).id : null
}

/** The stations about which an owner has an active report. */
export async function listReportedStations(db: Database, userId: string): Promise<string[]> {
  const { rows } = await db.execute(sql`
    select distinct station_id as id from community_stations
    where user_id = ${userId} and removed_at is null`)
  return rows.map((row) => STATION.parse(row).id)
}

/** The stations with an active report that has become too old to count. */
export async function listOutdatedVerdicts(db: Database, now: Date): Promise<string[]> {
  const before = new Date(now.getTime() - MAX_AGE_DAYS * 86_400_000)
  const { rows } = await db.execute(sql`
    select distinct s.id from stations s join community_stations r on r.station_id = s.id
    where r.removed_at is null and r.reported_at < ${before.toISOString()}
      and s.has_93_octane is not null`)
  return rows.map((row) => STATION.parse(row).id)
}
