import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Transaction } from '../../database/transaction.ts'

const ROWS = z.array(
  z.object({
    id: z.string(),
    title: z.string(),
    documentType: z.enum(['insurance', 'registration', 'manual']),
    issuedDate: z.string().nullable(),
    expirationDate: z.string().nullable(),
    createdDay: z.string(),
    files: z.number().int(),
  }),
)

/** A document of a vehicle: when it is valid, and how many files it has. */
export type VehicleDocument = z.output<typeof ROWS>[number]

/** The documents of a vehicle that are not in the trash, the newest first. */
export async function loadVehicleDocuments(
  db: Transaction['db'],
  vehicle: string,
): Promise<VehicleDocument[]> {
  const { rows } = await db.execute(sql`
    select id, title, document_type as "documentType", issued_date::text as "issuedDate",
      expiration_date::text as "expirationDate", created_at::date::text as "createdDay",
      (select count(*)::int from attached_files f where f.document_id = d.id) as files
    from documents d where vehicle_id = ${vehicle} and deleted_at is null
    order by created_at desc, id`)
  return ROWS.parse(rows)
}
