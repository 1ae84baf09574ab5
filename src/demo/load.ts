import { sql } from '@payloadcms/db-postgres'
import type { Payload } from 'payload'
import { getPostgresAdapter, getTransaction } from '../database/transaction.ts'
import { removeDemoCatalog } from './catalog/load.ts'
import { clearDemoDealership, enterDemoDealership } from './dealership.ts'
import { type DemoCar, demoCars } from './demo-cars.ts'
import { removeDemoGarage } from './garage/load.ts'
import type { RemovedGarage } from './garage/store.ts'
import { removeDemoCompetitors } from './market/competitors.ts'
import { deleteDemoAlerts } from './market/store.ts'
import { demoRows, LOADED } from './rows.ts'
import { saveDemoSubmissions } from './submissions/load.ts'
import { runInTransaction } from './transaction.ts'

const DAY_MS = 86_400_000

/**
 * Fills an empty lot with the demo cars, submissions and dealership, once: all of them or none.
 * pictures.ts adds the pictures of the cars later, market/load.ts their market, and garage/load.ts
 * the owners. Returns the number of cars.
 */
export async function loadDemo(payload: Payload, now: Date): Promise<number> {
  const { drizzle, tables } = getPostgresAdapter(payload)
  const { rows } = await drizzle.execute(
    sql`select exists (select 1 from ${tables['inventory']}) or exists (select 1
      from ${demoRows}) as used`,
  )
  if (rows[0]?.['used']) return 0
  await runInTransaction(payload, async (req) => {
    const { db } = getTransaction(req)
    await db.execute(sql`insert into ${demoRows} values (${LOADED.madeIn}, ${LOADED.rowId})`)
    for (const car of demoCars) {
      const { id } = await payload.create({
        collection: 'inventory',
        data: buildRow(car, now),
        depth: 0,
        overrideAccess: true,
        req,
      })
      await db.execute(sql`insert into ${demoRows} values ('inventory', ${id})`)
    }
    await saveDemoSubmissions(req, now)
    await enterDemoDealership(db)
  })
  return demoCars.length
}

/** The numbers of removed rows of the demo; `options` are those of the catalog. */
export type RemovedDemo = RemovedGarage & {
  cars: number
  submissions: number
  photos: number
  competitors: number
  options: number
}

/** Removes the rows that the demo created and that still exist. */
export async function unloadDemo(payload: Payload): Promise<RemovedDemo> {
  const { drizzle } = getPostgresAdapter(payload)
  const made = async (madeIn: string) =>
    (await drizzle.execute(sql`select row_id from ${demoRows} where made_in = ${madeIn}`)).rows.map(
      (row) => String(row['row_id']),
    )
  await deleteDemoAlerts(payload)
  const removed = {
    submissions: await removeRows(
      payload,
      'pending-submissions',
      await made('pending_submissions'),
    ),
    cars: await removeRows(payload, 'inventory', await made('inventory')),
    photos: await removeRows(payload, 'media', await made('media')),
    competitors: await removeDemoCompetitors(payload),
    options: await removeDemoCatalog(payload),
    ...(await removeDemoGarage(payload)),
  }
  await clearDemoDealership(drizzle)
  await drizzle.execute(sql`delete from ${demoRows} where made_in <> ${LOADED.madeIn}`)
  return removed
}

/**
 * Removes rows one after the other. A row that was already removed is skipped, and so is one that
 * is still in use: a photo that another car shows, a submission that became a car.
 */
async function removeRows(
  payload: Payload,
  collection: 'inventory' | 'media' | 'pending-submissions',
  ids: readonly string[],
): Promise<number> {
  let removed = 0
  for (const id of ids) {
    const { docs } = await payload.delete({
      collection,
      where: { id: { equals: id } },
      depth: 0,
      overrideAccess: true,
    })
    removed += docs.length
  }
  return removed
}

/** Converts a demo car to a row of the lot: numbers of days become instants. */
function buildRow(car: DemoCar, now: Date) {
  const { listedDaysAgo, soldDaysAgo, ...row } = car
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS).toISOString()
  return {
    ...row,
    listedAt: ago(listedDaysAgo),
    ...(soldDaysAgo !== undefined && { soldAt: ago(soldDaysAgo) }),
  }
}
