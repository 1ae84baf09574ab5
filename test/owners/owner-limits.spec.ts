import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { listOwnedTables } from '../../src/owners/owned-tables.ts'
import { aFuelLog, anyVin, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'
import { waitUntil } from '../support/work.ts'

const WRITES = 30
const MEGABYTE = 1_000_000

let forecourt: TestForecourt
beforeAll(async () => {
  forecourt = await openForecourt({
    OWNER_WRITES_PER_MINUTE: String(WRITES),
    OWNER_STORED_MB: '1',
    DB_POOL_MAX: '2',
  })
})
afterEach(() => forecourt.sql("delete from sign_in_tries where key like 'owner:writes%'"))
afterAll(() => forecourt.close())

/** What is stored of an owner, by the counter and by their rows. */
async function storedBytes(subject: string): Promise<{ counted: number; real: number }> {
  const tables = listOwnedTables(forecourt.payload)
  const real = tables.map(
    ({ table, column }) =>
      `select octet_length(t::text) as size from ${table} t where ${column} = $1`,
  )
  const { rows } = await forecourt.sql(
    `select (select coalesce(sum(bytes), 0)::int from owner_storage where user_id = $1) as counted,
       (select coalesce(sum(size), 0)::int from (${real.join(' union all ')}) every) as real`,
    [subject],
  )
  return rows[0] as { counted: number; real: number }
}

const aVehicle = () => ({ vin: anyVin(), year: 2021, make: 'Honda', model: 'Accord' })
const spend = (subject: string, points: number) =>
  forecourt.sql('insert into sign_in_tries (key, points, expire) values ($1, $2, $3)', [
    `owner:writes:${subject}`,
    points,
    Date.now() + 50_000,
  ])

describe('the writes of an owner', () => {
  it.each([
    ['REST', (owner: Owner) => owner.api.post('/api/vehicles').send(aVehicle())],
    ['an endpoint for owners', (owner: Owner) => owner.api.delete('/api/me/deletion')],
    [
      'GraphQL',
      (owner: Owner) =>
        owner.api.post('/api/graphql').send({
          query:
            `mutation { createVehicle(data: {vin: "${anyVin()}", year: 2021, make: "Honda", ` +
            'model: "Accord"}) { id } }',
        }),
    ],
  ])('are limited over %s', async (_way, write) => {
    const owner = await forecourt.asOwner()
    await spend(owner.subject, WRITES)
    const { status, body, headers } = await write(owner)
    const { errors } = body as {
      errors: { message: string; extensions?: { statusCode?: number } }[]
    }
    expect(errors[0]?.message).toMatch(
      /^You wrote 30 rows within a minute, which is the limit. Try again in \d+ s\.$/,
    )
    if (status === 429) expect(Number(headers['retry-after'])).toBeGreaterThan(0)
    else expect(errors[0]?.extensions?.statusCode).toBe(429)
    await owner.api.get('/api/vehicles').expect(200)
  })

  it('count row by row in a bulk change, and what was refused names itself', async () => {
    const owner = await forecourt.asOwner()
    for (let count = 0; count < 5; count++) await saveVehicle(forecourt.payload, owner.subject)
    await spend(owner.subject, WRITES - 3)
    const { body } = await owner.api
      .patch('/api/vehicles?where[make][equals]=Honda')
      .send({ color: 'Blue' })
    const { docs, errors } = body as { docs: unknown[]; errors: { message: string }[] }
    expect([docs.length, errors.length]).toEqual([3, 2])
    expect(errors[0]?.message).toMatch(/^You wrote 30 rows/)
  })

  it('are counted without a connection of the pool: more at once than it has connections all end', async () => {
    const owner = await forecourt.asOwner()
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => owner.api.post('/api/vehicles').send(aVehicle())),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array<number>(20).fill(201))
  })

  it('are not counted for staff, garage admins and other owners', async () => {
    const admin = await forecourt.asOwner('garage admin')
    const owner = await forecourt.asOwner()
    const staff = await forecourt.as('admin')
    await spend(admin.subject, WRITES)
    await admin.api.post('/api/vehicles').send(aVehicle()).expect(201)
    await staff
      .post('/api/vehicles')
      .send({ ...aVehicle(), userId: owner.subject })
      .expect(201)
    await owner.api.post('/api/vehicles').send(aVehicle()).expect(201)
    const { rows } = await forecourt.sql(
      "select key, points from sign_in_tries where key like 'owner:writes%' and points <> $1",
      [WRITES],
    )
    expect(rows).toEqual([{ key: `owner:writes:${owner.subject}`, points: 1 }])
  })
})

describe('what an owner stores', () => {
  it('is counted on every table whose rows are owners', async () => {
    const { rows } = await forecourt.sql(
      `select tgrelid::regclass::text as table, count(*)::int as triggers from pg_trigger
       where tgfoid = 'forecourt_count_owner_bytes'::regproc group by 1 order by 1`,
    )
    const tables = listOwnedTables(forecourt.payload)
    expect(rows).toEqual(
      [...tables, { table: 'attached_files' }]
        .map(({ table }) => ({ table, triggers: 3 }))
        .toSorted((a, b) => (a.table < b.table ? -1 : 1)),
    )
    expect(new Set(tables.map(({ column }) => column))).toEqual(new Set(['user_id']))
  })

  it(
    'is what their rows are, through creates, changes, trash, deletion with everything below, ' +
      'and a recount',
    async () => {
      const owner = await forecourt.asOwner()
      const vehicle = await saveVehicle(forecourt.payload, owner.subject)
      const long = 'x'.repeat(50_000)
      const log = await owner.api
        .post('/api/fuel-logs')
        .send(aFuelLog(vehicle.id, { notes: long }))
        .expect(201)
      const { counted } = await storedBytes(owner.subject)
      expect(counted).toBeGreaterThan(50_000)
      await owner.api
        .patch(`/api/fuel-logs/${(log.body as { doc: { id: string } }).doc.id}`)
        .send({ notes: 'short' })
        .expect(200)
      await owner.api
        .post('/api/fuel-logs')
        .send(aFuelLog(vehicle.id, { notes: long, dateTime: '2026-04-01T10:00:00Z' }))
      const kept = await storedBytes(owner.subject)
      expect(kept.counted).toBe(kept.real)
      await owner.api.delete(`/api/vehicles/${vehicle.id}`).expect(200)
      const trashed = await storedBytes(owner.subject)
      expect(trashed.counted).toBe(trashed.real)
      await forecourt
        .sql('select forecourt_recount_owner_bytes()')
        .catch(() => forecourt.ownerSql('select forecourt_recount_owner_bytes()'))
      expect(await storedBytes(owner.subject)).toEqual(trashed)
      await forecourt.sql('delete from vehicles where id = $1', [vehicle.id])
      expect(await storedBytes(owner.subject)).toEqual({ counted: 0, real: 0 })
    },
  )

  it('has a limit: more is refused in words and not kept, while less, the trash and reading go on', async () => {
    const owner = await forecourt.asOwner()
    const vehicle = await saveVehicle(forecourt.payload, owner.subject)
    const log = (size: number, day: number) =>
      owner.api.post('/api/fuel-logs').send(
        aFuelLog(vehicle.id, {
          notes: 'x'.repeat(size),
          dateTime: `2026-05-${10 + day}T10:00:00Z`,
        }),
      )
    const first = await log(900_000, 1).expect(201)
    const { status, body } = await log(900_000, 2)
    expect([status, body]).toMatchObject([
      413,
      {
        errors: [
          {
            message: expect.stringMatching(
              /^You have used 0\.9 of 1\.0 MB, and this change would exceed the limit\. Permanently delete/,
            ),
          },
        ],
      },
    ])
    expect((await storedBytes(owner.subject)).counted).toBeLessThan(MEGABYTE)
    await saveVehicle(forecourt.payload, owner.subject, { color: 'y'.repeat(50) })
    await forecourt.sql('insert into owner_storage (user_id, file_bytes) values ($1, $2)', [
      owner.subject,
      MEGABYTE,
    ])
    await log(10, 3).expect(413)
    await owner.api.get('/api/fuel-logs').expect(200)
    const id = (first.body as { doc: { id: string } }).doc.id
    await owner.api
      .patch(`/api/fuel-logs/${id}`)
      .send({ notes: 'x'.repeat(899_000) })
      .expect(200)
    await owner.api
      .patch(`/api/fuel-logs/${id}`)
      .send({ notes: 'x'.repeat(899_500) })
      .expect(413)
    await owner.api.delete(`/api/vehicles/${vehicle.id}`).expect(200)
  })

  it('is folded into one row where there are many', async () => {
    const owner = await forecourt.asOwner()
    await forecourt.sql(
      'insert into owner_storage (user_id, bytes) select $1, 1 from generate_series(1, 300)',
      [owner.subject],
    )
    await owner.api.post('/api/vehicles').send(aVehicle()).expect(201)
    const fold =
      'select count(*) < 10 as is_folded, sum(bytes) > 300 as is_complete from owner_storage ' +
      'where user_id = $1'
    await waitUntil(async () => {
      const { rows } = await forecourt.sql(fold, [owner.subject])
      expect(rows).toMatchObject([{ is_complete: true }])
      return rows[0]?.['is_folded'] === true
    }, 'the rows are folded')
  })
})
