import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import type { TransferTerms } from '../domain/mails.ts'
import type { Party } from './shares.ts'

type Database = Transaction['db']

const TRANSFER = z.object({
  id: z.string(),
  vehicle: z.string(),
  title: z.string(),
  owner: z.string(),
  ownerEmail: z.string(),
  email: z.string(),
  withCosts: z.boolean(),
  withDocuments: z.boolean(),
  createdAt: z.number(),
  expiresAt: z.number(),
})

/** An open offer of a vehicle; `owner` is a subject. */
export type Transfer = z.output<typeof TRANSFER>

/** Offers that have not expired, of vehicles that are not in the trash. */
const SELECT_TRANSFERS = sql`
  select t.id, t.vehicle_id as vehicle, coalesce(v.title, '') as title, v.user_id as owner,
    lower(o.email) as "ownerEmail", t.email, t.with_costs as "withCosts",
    t.with_documents as "withDocuments",
    extract(epoch from t.created_at)::float8 * 1000 as "createdAt",
    extract(epoch from t.expires_at)::float8 * 1000 as "expiresAt"
  from vehicle_transfers t join vehicles v on v.id = t.vehicle_id and v.deleted_at is null
    join user_profiles o on o.auth0_sub = v.user_id and o.deactivated_at is null
  where t.expires_at > now()`

/** Saves an offer, also in place of an expired one. False if the vehicle has an open one. */
export async function saveOffer(
  db: Database,
  offer: { vehicle: string; email: string; expiresAt: Date } & TransferTerms,
): Promise<boolean> {
  const { vehicle, email, withCosts, withDocuments, expiresAt } = offer
  await db.execute(sql`
    delete from vehicle_transfers where vehicle_id = ${vehicle} and expires_at <= now()`)
  const { rows } = await db.execute(sql`
    insert into vehicle_transfers (vehicle_id, email, with_costs, with_documents, expires_at)
    values (${vehicle}, ${email}, ${withCosts}, ${withDocuments}, ${expiresAt.toISOString()})
    on conflict (vehicle_id) do nothing returning 1`)
  return rows.length > 0
}

/** The offers that an owner made. */
export async function listOfferedTransfers(db: Database, owner: string): Promise<Transfer[]> {
  const { rows } = await db.execute(sql`${SELECT_TRANSFERS}
    and v.user_id = ${owner} order by title, t.id`)
  return z.array(TRANSFER).parse(rows)
}

/** The open offer of a vehicle; null if there is none. */
export async function findOfferOfVehicle(db: Database, vehicle: string): Promise<Transfer | null> {
  const { rows } = await db.execute(sql`${SELECT_TRANSFERS} and t.vehicle_id = ${vehicle}`)
  return rows[0] ? TRANSFER.parse(rows[0]) : null
}

/** The offers to the address of an owner. */
export async function listReceivedTransfers(db: Database, party: Party): Promise<Transfer[]> {
  const { rows } = await db.execute(sql`${SELECT_TRANSFERS}
    and ${isReceivedBySql(party)} order by title, t.id`)
  return z.array(TRANSFER).parse(rows)
}

/** An offer that somebody made or received; null if there is none. */
export async function findTransfer(
  db: Database,
  id: string,
  party: Party,
): Promise<Transfer | null> {
  const { rows } = await db.execute(sql`${SELECT_TRANSFERS} and t.id = ${id}
    and (v.user_id = ${party.subject} or ${isReceivedBySql(party)})`)
  return rows[0] ? TRANSFER.parse(rows[0]) : null
}

const isReceivedBySql = ({ subject, email }: Party) => sql`
  (t.email = ${email}::text and v.user_id <> ${subject})`

/** Ends an offer. */
export async function deleteTransfer(db: Database, id: string): Promise<void> {
  await db.execute(sql`delete from vehicle_transfers where id = ${id}`)
}
