import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import type { Subject } from '../domain/listing.ts'
import { loadRows, type QueryContext } from './query.ts'

const SUBMISSION_ROW = z
  .object({
    vin: z.string().nullable(),
    year: z.number(),
    make: z.string(),
    model: z.string(),
    trim: z.string().nullable(),
    miles: z.number().nullable(),
  })
  .transform((row): SubmittedCar => ({
    ...row,
    vin: row.vin ?? '',
    drivetrain: null,
    engine: null,
    isNew: false,
    branded: false,
  }))

/** A car that a customer offers: used, with a clean title. `vin` is empty if it is unknown. */
export type SubmittedCar = Subject

/** Returns the car of a submission, or null. */
export async function findSubmittedCar(
  context: QueryContext,
  id: string,
): Promise<SubmittedCar | null> {
  const [car] = await loadRows(
    context,
    SUBMISSION_ROW,
    sql`select vin, year, make, model, trim, mileage as miles from pending_submissions
      where id = ${id}`,
  )
  return car ?? null
}
