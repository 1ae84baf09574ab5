import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'
import type { MaintenanceSubtype } from '../domain/maintenance-words.ts'

const ROWS = z.array(z.object({ category: z.string(), name: z.string(), isActive: z.boolean() }))

/** The catalog of maintenance, retired subtypes included, sorted by category and name. */
export async function loadMaintenanceSubtypes(
  db: Transaction['db'],
): Promise<MaintenanceSubtype[]> {
  const { rows } = await db.execute(sql`
    select category, name, coalesce(is_active, true) as "isActive" from maintenance_subtypes
    order by category, name`)
  return ROWS.parse(rows)
}
