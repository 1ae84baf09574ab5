import { sql } from '@payloadcms/db-postgres'
import type { Payload, PayloadRequest } from 'payload'
import { toJsonText } from '../../database/json-text.ts'
import { getPostgresAdapter, getTransaction } from '../../database/transaction.ts'
import { demoRows, MARKET_LOADED } from '../rows.ts'

type StoreContext = Pick<PayloadRequest, 'payload' | 'transactionID'>

/**
 * Whether the demo needs its market: it has cars, its market was not loaded yet, and there are no
 * competitors that someone else entered.
 */
export async function isMarketMissing(payload: Payload): Promise<boolean> {
  const { drizzle, tables } = getPostgresAdapter(payload)
  const { rows } = await drizzle.execute(sql`
    select exists (select 1 from ${demoRows} as demo
        join ${tables['inventory']} as car on demo.made_in = 'inventory' and demo.row_id = car.id)
      and not exists (select 1 from ${demoRows} where made_in = ${MARKET_LOADED.madeIn})
      and not exists (select 1 from ${tables['competitors']} as competitor
        where not exists (select 1 from ${demoRows}
          where made_in = 'competitors' and row_id = competitor.id)) as missing`)
  return rows[0]?.['missing'] === true
}

/** Lists the available demo cars that were on the lot at `at`. */
export async function listDemoCars(payload: Payload, at: Date): Promise<string[]> {
  const { drizzle, tables } = getPostgresAdapter(payload)
  const { rows } = await drizzle.execute(sql`
    select car.id from ${tables['inventory']} as car
      join ${demoRows} as demo on demo.made_in = 'inventory' and demo.row_id = car.id
    where car.status = 'available' and car.listed_at <= ${at.toISOString()}
    order by car.listed_at, car.id`)
  return rows.map((row) => String(row['id']))
}

/** Lists the IDs of the competitors that the demo created. */
export async function listDemoCompetitors(payload: Payload): Promise<string[]> {
  const { drizzle } = getPostgresAdapter(payload)
  const { rows } = await drizzle.execute(
    sql`select row_id from ${demoRows} where made_in = 'competitors'`,
  )
  return rows.map((row) => String(row['row_id']))
}

/** Records that the demo created a competitor. */
export async function recordDemoCompetitor(tx: StoreContext, id: string): Promise<void> {
  await getTransaction(tx).db.execute(sql`insert into ${demoRows} values ('competitors', ${id})`)
}

/** Records that the market of the demo is complete. */
export async function recordMarket(tx: StoreContext): Promise<void> {
  await getTransaction(tx).db.execute(
    sql`insert into ${demoRows} values (${MARKET_LOADED.madeIn}, ${MARKET_LOADED.rowId})`,
  )
}

/**
 * Deletes what deleting a competitor leaves behind: its scrape runs with their pages, the absences
 * of its cars, the sightings of them, and the record that the demo created it.
 */
export async function deleteTraces(
  tx: StoreContext,
  competitor: string,
  vins: readonly string[],
): Promise<void> {
  const { db } = getTransaction(tx)
  await db.execute(sql`delete from competitor_absences where car_id in (
    select id from competitor_inventory where competitor_id = ${competitor})`)
  await db.execute(sql`delete from scrape_runs where competitor_id = ${competitor}`)
  await db.execute(sql`delete from market_sightings
    where vin in (select jsonb_array_elements_text(${toJsonText(vins)}::jsonb))`)
  await db.execute(
    sql`delete from ${demoRows} where made_in = 'competitors' and row_id = ${competitor}`,
  )
}

/** Deletes the alerts about the demo cars, which would outlive the cars. */
export async function deleteDemoAlerts(payload: Payload): Promise<void> {
  await getPostgresAdapter(payload).drizzle.execute(sql`delete from market_alerts
    where inventory_id in (select row_id from ${demoRows} where made_in = 'inventory')`)
}
