import { drizzle } from '@payloadcms/db-postgres/drizzle/node-postgres'
import type { MigrateUpArgs } from '@payloadcms/db-postgres'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import * as move from '../../src/database/migrations/20261129_191948_request_slots.ts'
import * as drop from '../../src/database/migrations/20261129_192000_drop_source_paces.ts'
import { withClient } from '../support/databases.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())

const migrate = (...steps: (typeof move.up)[]) =>
  withClient(forecourt.ownerUrl, async (client) => {
    const db = drizzle({ client })
    for (const step of steps) await step({ db } as unknown as MigrateUpArgs)
  })
const migrateUp = () => migrate(move.up, drop.up)
const migrateDown = () => migrate(drop.down, move.down)

const HOLDER = '0199f1a0-0000-7000-8000-000000000001'
const [FREE, HELD, PAUSED] = ['2026-12-01 10:00+00', '2026-12-01 11:00+00', '2026-12-01 12:00+00']

const loadPaces = async () => ({
  origins: (
    await forecourt.ownerSql(
      `select origin, next_free_at = '${FREE}' as free, holder, held_until = '${HELD}' as held,
        robots from scrape_origins`,
    )
  ).rows,
  sources: (
    await forecourt.ownerSql(
      `select source, free_at = '${PAUSED}' as free, paused_until = '${PAUSED}' as paused
        from source_paces`,
    )
  ).rows,
})

it('slots and pauses of sites and sources stay in force, there and back', async () => {
  await migrateDown()
  await forecourt.ownerSql(
    `insert into scrape_origins (origin, next_free_at, holder, held_until, robots)
      values ('https://dealer.example', '${FREE}', '${HOLDER}', '${HELD}', 'User-agent: *')`,
  )
  await forecourt.ownerSql(`insert into source_paces values ('auto.dev', '${PAUSED}', '${PAUSED}')`)
  const before = await loadPaces()
  await migrateUp()
  const { rows } = await forecourt.ownerSql(
    `select server, next_free_at = '${FREE}' as free, holder, held_until = '${HELD}' as held,
      paused_until = '${PAUSED}' as paused from request_slots order by server`,
  )
  expect(rows).toEqual([
    { server: 'auto.dev', free: false, holder: null, held: null, paused: true },
    { server: 'https://dealer.example', free: true, holder: HOLDER, held: true, paused: null },
  ])
  await migrateDown()
  expect(await loadPaces()).toEqual(before)
  await migrateUp()
})
