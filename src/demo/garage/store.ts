import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { getPostgresAdapter, getTransaction, type Transaction } from '../../database/transaction.ts'
import type { OwnedTable } from '../../owners/owned-tables.ts'
import type { SharingMail } from '../../sharing/domain/mails.ts'
import { demoRows, GARAGE_LOADED } from '../rows.ts'

type Database = Transaction['db']
type StoreContext = Pick<PayloadRequest, 'payload' | 'transactionID'>

/** The tables with rows of the demo garage that `demo:reset` finds by ID. */
export type GarageTable = 'user_profiles' | 'vehicles' | 'outgoing_mails'

/**
 * Whether the demo needs its owners: it has cars, its owners were not loaded yet, and nobody has a
 * vehicle.
 */
export async function isGarageMissing(payload: Payload): Promise<boolean> {
  const { rows } = await getPostgresAdapter(payload).drizzle.execute(sql`
    select exists (select from ${demoRows} join inventory on row_id = id
        where made_in = 'inventory')
      and not exists (select from ${demoRows} where made_in = ${GARAGE_LOADED.madeIn})
      and not exists (select from vehicles) as missing`)
  return rows[0]?.['missing'] === true
}

/** Records that the garage of the demo was loaded. A second load at the same time fails here. */
export async function recordGarage(tx: StoreContext): Promise<void> {
  const { madeIn, rowId } = GARAGE_LOADED
  await getTransaction(tx).db.execute(sql`insert into ${demoRows} values (${madeIn}, ${rowId})`)
}

/** Records that the demo created a row. */
export async function recordDemoRow(
  tx: StoreContext,
  table: GarageTable,
  id: string,
): Promise<void> {
  await getTransaction(tx).db.execute(sql`insert into ${demoRows} values (${table}, ${id})`)
}

/** A share that was accepted in the past. */
export type DemoShare = {
  vehicle: string
  email: string
  guest: string
  at: Date
}

/** Shares a vehicle with a viewer. */
export async function saveDemoShare(
  tx: StoreContext,
  { vehicle, email, guest, at }: DemoShare,
): Promise<void> {
  const time = at.toISOString()
  await getTransaction(tx).db.execute(sql`
    insert into vehicle_shares (vehicle_id, email, guest_id, role, created_at, expires_at,
      accepted_at)
    values (${vehicle}, ${email}, ${guest}, 'viewer', ${time}, ${time}::timestamptz
      + interval '14 days', ${time})`)
}

/** Puts a mail into the outbox as if it had been sent. No job is queued, so it never is. */
export async function saveDemoMail(
  tx: StoreContext,
  { to, at, subject, text, about }: SharingMail & { to: string; at: Date },
): Promise<void> {
  const id = randomUUID()
  const time = at.toISOString()
  await getTransaction(tx).db.execute(sql`
    insert into outgoing_mails (id, recipient, subject, text, about, status, attempts,
      handed_over, answer, created_at, sent_at)
    values (${id}, ${to}, ${subject}, ${text}, ${about}, 'sent', 1, 1,
      'Demo data: this e-mail was not sent.', ${time}, ${time})`)
  await recordDemoRow(tx, 'outgoing_mails', id)
}

/** The number of rows of the demo garage that were removed. */
export type RemovedGarage = { owners: number; vehicles: number }

/**
 * Deletes the demo's mails, its vehicles with everything that belongs to them, and its owners.
 * Somebody may have given a demo owner rows of their own: such an owner stays.
 */
export async function deleteDemoGarage(
  tx: StoreContext,
  ownedTables: readonly OwnedTable[],
): Promise<RemovedGarage> {
  const { db } = getTransaction(tx)
  await deleteDemoRows(db, 'outgoing_mails')
  const vehicles = await deleteDemoRows(db, 'vehicles')
  let owners = 0
  for (const subject of await listDemoSubjects(db))
    if (!(await hasRows(db, ownedTables, subject))) owners += await deleteOwner(db, subject)
  return { owners, vehicles }
}

async function deleteDemoRows(db: Database, table: GarageTable): Promise<number> {
  const { rows } = await db.execute(sql`delete from ${sql.identifier(table)}
    where id in (select row_id from ${demoRows} where made_in = ${table}) returning id`)
  return rows.length
}

async function listDemoSubjects(db: Database): Promise<string[]> {
  const { rows } = await db.execute(sql`
    select auth0_sub as subject from user_profiles join ${demoRows} on row_id = id
    where made_in = 'user_profiles'`)
  return z
    .array(z.object({ subject: z.string() }))
    .parse(rows)
    .map(({ subject }) => subject)
}

async function hasRows(
  db: Database,
  ownedTables: readonly OwnedTable[],
  subject: string,
): Promise<boolean> {
  const parts = ownedTables
    .filter(({ table }) => table !== 'user_preferences')
    .map(
      ({ table, column }) => sql`exists (select from ${sql.identifier(table)}
        where ${sql.identifier(column)} = ${subject})`,
    )
  const { rows } = await db.execute(sql`select ${sql.join(parts, sql` or `)} as used`)
  return rows[0]?.['used'] === true
}

async function deleteOwner(db: Database, subject: string): Promise<number> {
  await db.execute(sql`delete from user_preferences where user_id = ${subject}`)
  await db.execute(sql`delete from owner_storage where user_id = ${subject}`)
  const { rows } = await db.execute(
    sql`delete from user_profiles where auth0_sub = ${subject} returning id`,
  )
  return rows.length
}
