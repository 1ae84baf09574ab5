import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import { loadVehicleDocuments } from '../../documents/store/vehicle-documents.ts'
import { loadFills } from '../../garage/store/fuel-logs.ts'
import type { SharedPart, SharedRows } from '../domain/shared-records.ts'

type Database = Transaction['db']

/** What an owner shares of the history of a vehicle. */
export type SharedParts = Readonly<Record<SharedPart, boolean>>

/**
 * Loads the rows that an owner shares, as they are now. Days of fuel logs are those of the time
 * zone. Documents in the trash are left out.
 */
export async function loadSharedRows(
  db: Database,
  vehicle: string,
  parts: SharedParts,
  timeZone: string,
): Promise<SharedRows> {
  return {
    maintenance: parts.maintenance ? await loadMaintenance(db, vehicle) : null,
    fuel: parts.fuel ? await loadFills(db, vehicle, timeZone) : null,
    documents: parts.documents ? await loadDocuments(db, vehicle) : null,
  }
}

const MAINTENANCE = z.array(
  z.object({
    day: z.string(),
    odometer: z.number().nullable(),
    category: z.string(),
    subtypes: z.array(z.string()),
  }),
)

async function loadMaintenance(db: Database, vehicle: string) {
  const { rows } = await db.execute(sql`
    select to_char(service_date, 'YYYY-MM-DD') as day, odometer, category,
      array_remove(coalesce(subtypes, '{}'), null) as subtypes
    from maintenance_logs where vehicle_id = ${vehicle}
    order by service_date, odometer, category, id`)
  return MAINTENANCE.parse(rows)
}

async function loadDocuments(db: Database, vehicle: string) {
  const documents = await loadVehicleDocuments(db, vehicle)
  return documents.map(({ documentType, issuedDate, expirationDate }) => ({
    type: documentType,
    issuedDate,
    expirationDate,
  }))
}
