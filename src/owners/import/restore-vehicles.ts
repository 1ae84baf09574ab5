import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { type AccountImport, describeProblems } from './account-import.ts'
import type { ArchivedRow } from './read-archive.ts'

const VEHICLE = z.looseObject({
  vin: z.string().nullish(),
  deletedAt: z.string().nullish(),
  odometerEntered: z.number().nullish(),
  odometerEnteredAt: z.iso.datetime().nullish(),
})
const OWN_VEHICLES = z.array(
  z.object({ id: z.string(), vin: z.string().nullable(), isTrashed: z.boolean() }),
)

type OwnVehicle = z.output<typeof OWN_VEHICLES>[number]

/** Locks the vehicles of the owner, so that none of them is transferred meanwhile. */
async function lockOwnVehicles({ db, subject }: AccountImport): Promise<OwnVehicle[]> {
  const { rows } = await db.execute(sql`
    with locked as (
      select id, vin, deleted_at, created_at from vehicles
      where user_id = ${subject} order by id for no key update)
    select id, vin, deleted_at is not null as "isTrashed" from locked order by created_at, id`)
  return OWN_VEHICLES.parse(rows)
}

/** Moves all vehicles of the owner to the trash, from where they can be restored. */
export async function trashVehicles(account: AccountImport): Promise<void> {
  for (const { id, isTrashed } of await lockOwnVehicles(account))
    if (!isTrashed) await account.trash('vehicles', id)
}

/** Restores the vehicles that are missing. One with the same id or VIN is the same vehicle. */
export async function restoreVehicles(account: AccountImport): Promise<void> {
  const own = await lockOwnVehicles(account)
  for (const row of account.listRows('vehicles')) {
    const parsed = VEHICLE.safeParse(row)
    if (!parsed.success) {
      account.refuse('vehicles', row, describeProblems(parsed.error))
      continue
    }
    const { deletedAt, vin } = parsed.data
    const known = own.find(
      (one) =>
        one.isTrashed === Boolean(deletedAt) &&
        (one.id === row.id || (Boolean(vin) && one.vin === vin)),
    )
    if (known) {
      account.count('vehicles').known++
      if (!known.isTrashed) account.noteRow('vehicles', row.id, known.id)
    }
    account.vehicles.set(
      String(row.id),
      known?.id ?? (await createVehicle(account, row, parsed.data)),
    )
  }
}

async function createVehicle(
  account: AccountImport,
  row: ArchivedRow,
  { deletedAt, odometerEntered, odometerEnteredAt }: z.output<typeof VEHICLE>,
): Promise<string> {
  const id = await account.create('vehicles', row, {
    odometerReading: odometerEntered ?? 0,
    confirmOdometer: true,
    confirmVin: true,
  })
  if (odometerEnteredAt)
    await account.db.execute(sql`
      update vehicles set odometer_entered_at = ${odometerEnteredAt}::timestamptz
      where id = ${id} and odometer_entered is not null`)
  account.noteRow('vehicles', row.id, id)
  if (deletedAt) account.trashLater({ collection: 'vehicles', id })
  return id
}
