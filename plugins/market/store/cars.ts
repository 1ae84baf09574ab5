import { sql } from '@payloadcms/db-postgres'
import { z } from 'zod'
import { toJsonText } from '../../../src/database/json-text.ts'
import { isBrandedTitle } from '../../../src/domain/branded-title.ts'
import { isNewCondition, type Subject } from '../domain/listing.ts'
import { INSTANT, loadRows, type QueryContext } from './query.ts'

/** A car on the lot as the market room uses it. */
export type LotCar = Subject & {
  id: string
  title: string
  status: string
  cents: number
  /** What we paid; null if unknown. Not everyone may know it. */
  costCents: number | null
  miles: number
  /** When it was put up for sale; null if it never was. */
  listedAt: string | null
  /** Until when it raises no alerts; null if it is not muted. */
  alertsMutedUntilAt: string | null
}

const CAR_ROW = z
  .object({
    id: z.string(),
    title: z.string(),
    status: z.string(),
    vin: z.string(),
    year: z.number(),
    make: z.string(),
    model: z.string(),
    trim: z.string().nullable(),
    drivetrain: z.string().nullable(),
    engine: z.string().nullable(),
    condition: z.string().nullable(),
    miles: z.number(),
    cents: z.number(),
    cost_cents: z.number().nullable(),
    title_status: z.string().nullable(),
    listedAt: INSTANT.nullable(),
    alertsMutedUntilAt: INSTANT.nullable(),
  })
  .transform(({ title_status: titleStatus, cost_cents: costCents, condition, ...car }): LotCar => ({
    ...car,
    costCents,
    isNew: isNewCondition(condition) === true,
    branded: isBrandedTitle(titleStatus),
  }))

/** Returns the car with this ID, or null. `lock` locks it until the transaction ends. */
export async function findCar(
  context: QueryContext,
  id: string,
  { lock = false } = {},
): Promise<LotCar | null> {
  const [car] = await loadRows(
    context,
    CAR_ROW,
    sql`
      select id, coalesce(title, vin) as title, status, vin, year, make, model, trim,
        drivetrain, engine, condition, mileage as miles, (price * 100)::float8 as cents,
        (cost * 100)::float8 as cost_cents, title_status, listed_at as "listedAt",
        alerts_muted_until_at as "alertsMutedUntilAt"
      from inventory where id = ${id} ${lock ? sql`for no key update` : sql``}`,
  )
  return car ?? null
}

/** Returns those of the given VINs that belong to our own cars, including sold ones. */
export async function loadOwnVins(
  context: QueryContext,
  vins: readonly string[],
): Promise<Set<string>> {
  const rows = await loadRows(
    context,
    z.object({ vin: z.string() }),
    sql`
      select vin from inventory
      where vin in (select jsonb_array_elements_text(${toJsonText(vins)}::jsonb))`,
  )
  return new Set(rows.map(({ vin }) => vin))
}

/**
 * Returns the available cars to analyze next: those never analyzed first, then those with the
 * oldest analysis.
 */
export async function loadDueCars(context: QueryContext, limit: number): Promise<string[]> {
  const rows = await loadRows(
    context,
    z.object({ id: z.string() }),
    sql`
      select car.id
      from inventory car left join market_research_results result on result.inventory_id = car.id
      where car.status = 'available'
      order by result.last_analyzed_at nulls first, car.listed_at, car.id limit ${limit}`,
  )
  return rows.map(({ id }) => id)
}
