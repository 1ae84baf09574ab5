import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { type AccountImport, describeProblems } from './account-import.ts'
import { matchRows } from './match-rows.ts'
import type { ArchivedRow } from './read-archive.ts'

const VEHICLE = z.looseObject({
  vin: z.string().nullish(),
  licensePlate: z.string().nullish(),
  year: z.number().nullish(),
  make: z.string().nullish(),
  model: z.string().nullish(),
  deletedAt: z.string().nullish(),
  odometerEntered: z.number().nullish(),
  odometerEnteredAt: z.iso.datetime().nullish(),
})
const OWN_VEHICLES = z.array(
  z.object({
    id: z.string(),
    vin: z.string().nullable(),
    licensePlate: z.string().nullable(),
    year: z.number().nullable(),
    make: z.string().nullable(),
    model: z.string().nullable(),
    isTrashed: z.boolean(),
  }),
)

type OwnVehicle = z.output<typeof OWN_VEHICLES>[number]

/** Locks the vehicles of the owner, so that none of them is transferred meanwhile. */
async function lockOwnVehicles({ db, subject }: AccountImport): Promise<OwnVehicle[]> {
  const { rows } = await db.execute(sql`
    with locked as (
      select id, vin, license_plate, year, make, model, deleted_at, created_at from vehicles
      where user_id = ${subject} order by id for no key update)
    select id, vin, license_plate as "licensePlate", year, make, model,
      deleted_at is not null as "isTrashed"
    from locked order by created_at, id`)
  return OWN_VEHICLES.parse(rows)
}

/** Moves all vehicles of the owner to the trash, from where they can be restored. */
export async function trashVehicles(account: AccountImport): Promise<void> {
  for (const { id, isTrashed } of await lockOwnVehicles(account))
    if (!isTrashed) await account.trash('vehicles', id)
}

type Named = Partial<Pick<OwnVehicle, 'vin' | 'licensePlate' | 'year' | 'make' | 'model'>>

/**
 * What makes two vehicles of an owner the same: the ID, the VIN, or, without a VIN, the license
 * plate of the same model.
 */
function nameVehicle(id: string, isTrashed: boolean, vehicle: Named): (string | null)[] {
  const { vin, licensePlate, year, make, model } = vehicle
  const plate = [licensePlate, year, make, model].map((part) => part ?? null)
  const names = [id, vin || null, !vin && licensePlate ? JSON.stringify(plate) : null]
  return names.map((name) => (name === null ? null : `${isTrashed} ${name}`))
}

/** Restores the vehicles that are missing, and finds those that are there. */
export async function restoreVehicles(account: AccountImport): Promise<void> {
  const own = await lockOwnVehicles(account)
  const archived = account.listRows('vehicles').flatMap((row) => {
    const parsed = VEHICLE.safeParse(row)
    if (!parsed.success) account.refuse('vehicles', row, describeProblems(parsed.error))
    return parsed.success ? [{ row, data: parsed.data }] : []
  })
  const matched = matchRows(
    archived.map((one) => ({
      row: one,
      names: nameVehicle(String(one.row.id), Boolean(one.data.deletedAt), toNamed(one.data)),
    })),
    own.map((row) => ({ row, names: nameVehicle(row.id, row.isTrashed, row) })),
  )
  for (const one of archived) {
    const known = matched.get(one)
    if (known) {
      account.count('vehicles').known++
      if (!known.isTrashed) account.noteRow('vehicles', one.row.id, known.id)
    }
    const id = known?.id ?? (await createVehicle(account, one.row, one.data))
    account.vehicles.set(String(one.row.id), id)
  }
}

const toNamed = ({ vin, licensePlate, year, make, model }: z.output<typeof VEHICLE>): Named => ({
  vin: vin ?? null,
  licensePlate: licensePlate ?? null,
  year: year ?? null,
  make: make ?? null,
  model: model ?? null,
})

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
