import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { MigrateUpArgs } from '@payloadcms/db-postgres'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { migrations } from '../../src/database/migrations/index.ts'
import { createMigratedDatabase, type EmptyDatabase } from '../support/http-database.ts'
import { readCatalog } from '../support/schema-catalog.ts'
import { SchemaRows, type Values } from '../support/schema-rows.ts'

const OWNER = 'auth0|someone'

let database: EmptyDatabase
let client: pg.Client
let rows: SchemaRows
const query = async (statement: string, values: unknown[] = []) =>
  (await client.query<Values>(statement, values)).rows
const findOne = async (table: string, id: unknown) =>
  (await query(`select * from ${table} where id = $1`, [id]))[0]

/** The migrations that add the figures of the garage, in order. */
const added = migrations.slice(migrations.findIndex(({ name }) => name.endsWith('garage_figures')))
const asMigration = () => ({ db: drizzle({ client }) }) as unknown as MigrateUpArgs
const migrateDown = async () => {
  for (const { down } of added.toReversed()) await down(asMigration())
}
const migrateUp = async () => {
  for (const { up } of added) await up(asMigration())
}

beforeAll(async () => {
  database = await createMigratedDatabase()
  client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  await migrateDown()
  const run = (statement: string, values?: unknown[]) => client.query(statement, values)
  rows = new SchemaRows(run, await readCatalog(run))
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

const saveVehicle = async (entered: number, values: Values = {}) =>
  String(
    (await rows.insert('vehicles', { user_id: OWNER, odometer_entered: entered, ...values }))['id'],
  )
const saveSchedule = async (vehicle: string, values: Values) =>
  String(
    (
      await rows.insert('maintenance_schedules', {
        user_id: OWNER,
        vehicle_id: vehicle,
        category: 'A category of before',
        ...values,
      })
    )['id'],
  )

const PLAN = `to_char(last_service_date, 'YYYY-MM-DD') as last_date, last_service_mileage as last,
  to_char(next_due_date, 'YYYY-MM-DD') as due_date, next_due_mileage as due,
  to_char(entered_service_date, 'YYYY-MM-DD') as entered_last_date, entered_service_mileage as
  entered_last, to_char(entered_due_date, 'YYYY-MM-DD') as entered_due_date,
  entered_due_mileage as entered_due, anchor, updated_at`

describe('a database with vehicles and schedules of before', () => {
  it('keeps what owners entered, and gets what follows from it', async () => {
    const [vehicle, unread] = [await saveVehicle(40_000), await saveVehicle(0)]
    const typed = await saveSchedule(vehicle, {
      last_service_date: '2025-08-31',
      last_service_mileage: 39_000,
      next_due_date: '2026-03-15',
      next_due_mileage: 44_500,
      interval_months: 6,
      interval_miles: 5_000,
    })
    const missing = await saveSchedule(vehicle, {
      last_service_date: '2025-08-31',
      last_service_mileage: 39_000,
      next_due_date: null,
      next_due_mileage: null,
      interval_months: 6,
      interval_miles: 5_000,
    })
    const loadVehicles = async () => [
      await findOne('vehicles', vehicle),
      await findOne('vehicles', unread),
    ]
    const before = await loadVehicles()
    const changed = (await findOne('maintenance_schedules', typed))?.['updated_at']
    await migrateUp()
    const service = { last_date: '2025-08-31', last: 39_000 }
    const entered = { entered_last_date: '2025-08-31', entered_last: 39_000, anchor: 'service' }
    const load = async (id: string) =>
      (await query(`select ${PLAN} from maintenance_schedules where id = $1`, [id]))[0]
    expect(await load(typed)).toEqual({
      ...service,
      ...entered,
      due_date: '2026-03-15',
      due: 44_500,
      entered_due_date: '2026-03-15',
      entered_due: 44_500,
      updated_at: changed,
    })
    expect(await load(missing)).toMatchObject({
      ...service,
      ...entered,
      due_date: '2026-02-28',
      due: 44_000,
      entered_due_date: null,
      entered_due: null,
    })
    const after = await loadVehicles()
    expect(after.map((row) => row?.['odometer_entered_at'])).toEqual([
      before[0]?.['updated_at'],
      null,
    ])
    expect(after.map((row) => row?.['updated_at'])).toEqual(
      before.map((row) => row?.['updated_at']),
    )
  })

  it('dates a reading that logs have exceeded before these logs', async () => {
    await migrateDown()
    const created = { created_at: '2020-01-01T00:00:00Z', updated_at: '2026-06-01T00:00:00Z' }
    const exceeded = await saveVehicle(10_000, { ...created, odometer_reading: 50_500 })
    const latest = await saveVehicle(50_500, { ...created, odometer_reading: 50_500 })
    await migrateUp()
    const load = async (id: string) => (await findOne('vehicles', id))?.['odometer_entered_at']
    expect(await load(exceeded)).toEqual(new Date(created.created_at))
    expect(await load(latest)).toEqual(new Date(created.updated_at))
  })

  it('counts the bytes of its owners with the new columns', async () => {
    const load = () =>
      query(`select sum(bytes)::int as bytes from owner_storage where user_id = '${OWNER}'`)
    const counted = await load()
    expect(counted[0]?.['bytes']).toBeGreaterThan(0)
    await query('select forecourt_recount_owner_bytes()')
    expect(await load()).toEqual(counted)
  })

  it('has the first subtypes of maintenance once, and goes back', async () => {
    const count = async () =>
      (await query('select count(*)::int as count from maintenance_subtypes'))[0]?.['count']
    expect(await count()).toBeGreaterThanOrEqual(35)
    const first = await count()
    await migrateDown()
    expect(await query('select count(*)::int as count from maintenance_schedules')).toEqual([
      { count: 2 },
    ])
    await migrateUp()
    expect(await count()).toBe(first)
  })
})
