import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { MigrateUpArgs } from '@payloadcms/db-postgres'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import pg from 'pg'
import { down, up } from '../../src/database/migrations/20261129_190434_market_alerts.ts'
import { createMigratedDatabase, type EmptyDatabase } from '../support/http-database.ts'
import { readCatalog } from '../support/schema-catalog.ts'
import { SchemaRows, type Values } from '../support/schema-rows.ts'

const RAISED = '2026-03-01T10:00:00.000Z'
const DISMISSED = '2026-03-02T11:30:00.000Z'
const GONE = '00000000-0000-4000-8000-000000000000'

let database: EmptyDatabase
let client: pg.Client
let rows: SchemaRows
const query = async (statement: string, values: unknown[] = []) =>
  (await client.query<Values>(statement, values)).rows
const migrate = (step: typeof up) => step({ db: drizzle({ client }) } as unknown as MigrateUpArgs)
const loadStorageAlerts = () => query('select * from storage_alerts order by id')

beforeAll(async () => {
  database = await createMigratedDatabase()
  client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  await migrate(down)
  const run = (statement: string, values?: unknown[]) => client.query(statement, values)
  rows = new SchemaRows(run, await readCatalog(run))
})
afterAll(async () => {
  await client.end()
  await database.drop()
})

/** The metadata of an alert, as the market room wrote it. */
const buildMetadata = (rule: unknown, car: unknown, figures: object = {}) =>
  JSON.stringify({
    cause: `market ${String(rule)} ${String(car)}`,
    rule,
    ruleName: 'Too dear',
    inventory: car,
    vin: '1HGCV1F30MA000001',
    percent: 25.5,
    ourPrice: 25_000.5,
    expectedPrice: 20_000,
    sampleSize: 5,
    ...figures,
  })

const saveAlert = async (values: Values) =>
  String((await rows.insert('storage_alerts', { created_at: RAISED, ...values }))['id'])

/** One alert of each kind that a database may have, by what is special about it. */
async function saveAlerts() {
  const { id: rule } = await rows.insert('market_alert_rules', { alert_type: 'overpriced' })
  const { id: car } = await rows.insert('inventory', { vin: '1HGCV1F30MA000001' })
  const about = { alert_type: 'overpriced', severity: 'critical', message: 'Too dear' }
  return {
    rule,
    car,
    open: await saveAlert({ ...about, metadata: buildMetadata(rule, car) }),
    dismissed: await saveAlert({
      ...about,
      dismissed: true,
      dismissed_at: DISMISSED,
      metadata: buildMetadata(rule, car),
    }),
    withoutFigures: await saveAlert({
      alert_type: 'no_market_data',
      severity: 'warning',
      message: 'Too few',
      metadata: JSON.stringify({
        cause: `market ${GONE} ${String(car)}`,
        rule: GONE,
        ruleName: 'A deleted rule',
        inventory: car,
        vin: '1HGCV1F30MA000001',
        percent: null,
        ourPrice: 25_000.5,
      }),
    }),
    ofDeletedCar: await saveAlert({ ...about, metadata: buildMetadata(rule, GONE) }),
    byHand: await saveAlert({ alert_type: 'underpriced', created_at: null }),
    malformed: await saveAlert({
      alert_type: 'competitor_undercut',
      metadata: '{"inventory":[],"percent":"x"}',
    }),
    storage: await saveAlert({
      alert_type: 'storage_limit',
      severity: 'warning',
      message: '80 % of storage is used',
      metadata: '{"cause":"storage disk","free":"4 GB"}',
    }),
    untyped: await saveAlert({ alert_type: null, message: 'The disk is nearly full' }),
  }
}

describe('the alerts of a database in which the market shared the table of storage', () => {
  it('move to their own table without losing one, and those about storage stay', async () => {
    const saved = await saveAlerts()
    const before = await loadStorageAlerts()
    await migrate(up)
    const { rule, car, storage, untyped, ...market } = saved
    const isAboutStorage = ({ id }: Values) => id === storage || id === untyped
    expect(await loadStorageAlerts()).toEqual(before.filter(isAboutStorage))
    const moved = await query('select *, our_price::float8, percent::float8 from market_alerts')
    expect(moved).toHaveLength(Object.keys(market).length)
    expect(new Set(moved.map(({ id }) => id))).toEqual(new Set(Object.values(market)))
    const find = (id: string) => moved.find((alert) => alert['id'] === id)
    expect(find(market.open)).toMatchObject({
      rule_id: rule,
      rule_name: 'Too dear',
      inventory_id: car,
      vin: '1HGCV1F30MA000001',
      alert_type: 'overpriced',
      severity: 'critical',
      message: 'Too dear',
      our_price: 25_000.5,
      expected_price: '20000.00',
      percent: 25.5,
      sample_size: 5,
      dismissed: false,
      dismissed_at: null,
      raised_at: new Date(RAISED),
    })
    expect(find(market.dismissed)).toMatchObject({
      rule_id: rule,
      inventory_id: car,
      dismissed: true,
      dismissed_at: new Date(DISMISSED),
    })
    expect(find(market.withoutFigures)).toMatchObject({
      rule_id: null,
      rule_name: 'A deleted rule',
      inventory_id: car,
      percent: null,
      expected_price: null,
      sample_size: null,
    })
    expect(find(market.ofDeletedCar)).toMatchObject({
      rule_id: rule,
      inventory_id: null,
      vin: '1HGCV1F30MA000001',
    })
    expect(find(market.byHand)).toMatchObject({ severity: 'warning', message: '', rule_id: null })
    expect(find(market.malformed)).toMatchObject({ inventory_id: null, percent: null })

    await migrate(down)
    const back = await loadStorageAlerts()
    expect(back.map(({ id }) => id)).toEqual(before.map(({ id }) => id))
    const kept = [market.open, market.dismissed, storage, untyped]
    const areKept = ({ id }: Values) => kept.includes(String(id))
    expect(back.filter(areKept)).toEqual(before.filter(areKept))
  })
})
