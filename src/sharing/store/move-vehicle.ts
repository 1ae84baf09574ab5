import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import type { StoredFile } from '../../owners/files.ts'
import { listOwnedTables, type OwnedTable } from '../../owners/owned-tables.ts'

type Database = Transaction['db']

const FILES = z.array(z.object({ bucket: z.string().nullable(), key: z.string() }))

/** The title of an owner's vehicle with a VIN that is not in the trash; null if there is none. */
export async function findVehicleWithVin(
  db: Database,
  { owner, vin }: { owner: string; vin: string },
): Promise<string | null> {
  const { rows } = await db.execute(sql`
    select coalesce(title, '') as title from vehicles
    where user_id = ${owner} and vin = ${vin} and deleted_at is null`)
  return rows[0] ? z.object({ title: z.string() }).parse(rows[0]).title : null
}

/**
 * Gives a vehicle and everything about it to another owner. The vehicle is in use for them, whether
 * or not it was sold; who wrote a row as a guest is forgotten, and so are all shares.
 */
export async function moveVehicle(
  db: Database,
  payload: Payload,
  { vehicle, to }: { vehicle: string; to: string },
): Promise<void> {
  await db.execute(sql`delete from vehicle_shares where vehicle_id = ${vehicle}`)
  await endOwnershipCosts(db, vehicle)
  await db.execute(sql`
    update vehicles set user_id = ${to}, is_active = true, sold_date = null, sale_price = null
    where id = ${vehicle}`)
  for (const { table } of listTablesOfVehicles(payload))
    await db.execute(sql`
      update ${sql.identifier(table)} set user_id = ${to}, written_by = null,
        updated_at = now()
      where vehicle_id = ${vehicle}`)
  await db.execute(sql`
    update attached_files set user_id = ${to}
    where vehicle_id = ${vehicle} or ${isOfLog(vehicle)}
      or document_id in (select id from documents where vehicle_id = ${vehicle})`)
}

/** Whether a file belongs to a fuel log or maintenance log of a vehicle. */
const isOfLog = (vehicle: string) => sql`
  (fuel_log_id in (select id from fuel_logs where vehicle_id = ${vehicle})
    or maintenance_log_id in (select id from maintenance_logs where vehicle_id = ${vehicle}))`

/**
 * Ends the ownership costs of a vehicle today, or on the day on which it was sold: the insurance of
 * the former owner is not that of the next one.
 */
async function endOwnershipCosts(db: Database, vehicle: string): Promise<void> {
  const lastDay = sql`
    (select least(v.sold_date, current_date) from vehicles v where v.id = ${vehicle})`
  await db.execute(sql`
    delete from ownership_costs where vehicle_id = ${vehicle} and start_date > ${lastDay}`)
  await db.execute(sql`
    update ownership_costs set end_date = least(end_date, ${lastDay})
    where vehicle_id = ${vehicle}`)
}

/** The tables whose rows are about a vehicle and belong to its owner. */
function listTablesOfVehicles(payload: Payload): OwnedTable[] {
  return listOwnedTables(payload).filter(({ collection }) =>
    collection.flattenedFields.some((field) => field.name === 'vehicle' && 'relationTo' in field),
  )
}

/**
 * Removes what a vehicle cost, for an owner who gets it without its costs. Fuel logs need a price,
 * so theirs becomes 0. The fingerprints of imported rows go too: they are hashes of the cost with
 * facts that the new owner knows, so every price could be tried.
 */
export async function removeCosts(db: Database, vehicle: string): Promise<void> {
  await db.execute(sql`update vehicles set purchase_price = null where id = ${vehicle}`)
  await db.execute(sql`
    update fuel_logs set cost_per_unit = 0, total_cost = 0, import_fingerprint = null
    where vehicle_id = ${vehicle}`)
  await db.execute(sql`
    update maintenance_logs set cost = null, import_fingerprint = null
    where vehicle_id = ${vehicle}`)
  await db.execute(sql`delete from ownership_costs where vehicle_id = ${vehicle}`)
}

/** Removes the files of a vehicle’s logs: receipts, which are papers and show costs. */
export async function removeReceipts(db: Database, vehicle: string): Promise<void> {
  await db.execute(sql`delete from attached_files where ${isOfLog(vehicle)}`)
}

/** Removes the documents of a vehicle, or only those in the trash. Returns their files. */
export async function removeDocuments(
  db: Database,
  vehicle: string,
  which: 'all' | 'trashed',
): Promise<StoredFile[]> {
  const isRemoved = which === 'all' ? sql`true` : sql`deleted_at is not null`
  const { rows } = await db.execute(sql`
    with removed as (
      delete from documents where vehicle_id = ${vehicle} and ${isRemoved}
      returning storage_bucket, storage_key)
    select storage_bucket as bucket, storage_key as key from removed
    where storage_key is not null`)
  return FILES.parse(rows)
}
