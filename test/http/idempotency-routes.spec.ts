import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { aCar, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aVehicle, countKeys, countVehicles, postWithKey } from '../support/http-idempotency.ts'
import { createCameraJpeg, createPicture } from '../support/http-photos.ts'
import type { Owner } from '../support/owners.ts'
import { findJobs, waitUntil, startEngine, runJob } from '../support/work.ts'

const SHOP = 'https://shop.example'
let forecourt: TestForecourt
let owner: Owner
let manager: Api
let admin: Api
beforeAll(async () => {
  forecourt = await openForecourt({ CORS_ORIGINS: SHOP })
  owner = await forecourt.asOwner()
  manager = await forecourt.as('manager')
  admin = await forecourt.as('admin')
})
afterAll(() => forecourt.close())

describe('an upload with an Idempotency-Key', () => {
  const upload = (key: string, bytes: Buffer) =>
    manager
      .post('/api/media')
      .set('Idempotency-Key', key)
      .attach('file', bytes, { filename: 'car.jpg', contentType: 'image/jpeg' })

  it('is kept once, whatever boundary its form has; another photo is a 422', async () => {
    const [key, photo] = [randomUUID(), await createCameraJpeg()]
    const first = await upload(key, photo).expect(201)
    const second = await upload(key, photo).expect(201)
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(second.body).toEqual(first.body)
    await upload(key, await createPicture(20, 20).jpeg().toBuffer()).expect(422)
    expect(Number((await forecourt.sql('select count(*) from media')).rows[0].count)).toBe(1)
  })
})

describe('an endpoint that requests something', () => {
  it('queues one job for one key', async () => {
    const [key, path] = [randomUUID(), '/api/jobs/prune-mails/run']
    const first = await postWithKey(admin, path, key, { input: {} }).expect(202)
    const second = await postWithKey(admin, path, key, { input: {} }).expect(202)
    expect(second.body).toEqual(first.body)
    expect(second.headers['idempotent-replayed']).toBe('true')
    const jobs = await findJobs(forecourt, 'prune-mails')
    expect(jobs.map(({ id }) => id)).toEqual([first.body.jobId])
  })

  it('of an owner sees what it wrote itself, and is answered again', async () => {
    const [key, body] = [randomUUID(), aVehicle()]
    const { api } = await forecourt.asOwner()
    const first = await postWithKey(api, '/api/onboarding/vehicle', key, body).expect(200)
    expect(first.body.steps.vehicle).toBe(true)
    const second = await postWithKey(api, '/api/onboarding/vehicle', key, body).expect(200)
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(second.body).toEqual(first.body)
  })

  it('refused in the middle undoes what it did', async () => {
    const key = randomUUID()
    await postWithKey(admin, '/api/jobs/no-such-task/run', key, {}).expect(404)
    expect(await countKeys(forecourt, key)).toBe(0)
  })
})

describe('the Idempotency-Key', () => {
  it('means nothing to what is not a POST, such as a bulk change', async () => {
    const { body } = await postWithKey(manager, '/api/inventory', randomUUID(), aCar()).expect(201)
    const path = `/api/inventory?where[id][equals]=${body.doc.id}`
    for (const featured of [true, false, true])
      await manager.patch(path).set('Idempotency-Key', 'not a key').send({ featured }).expect(200)
  })

  it('means nothing to a sign-in, whose answer is never kept', async () => {
    const key = randomUUID()
    await postWithKey(forecourt.anonymous, '/api/users/login', key, {
      email: 'nobody@x.example',
      password: 'wrong',
    }).expect(401)
    await postWithKey(admin, '/api/users/logout', key, {}).expect(200)
    admin = await forecourt.as('admin')
    expect(await countKeys(forecourt, key)).toBe(0)
  })

  it('is refused by GraphQL, which does not support it', async () => {
    const { body } = await postWithKey(manager, '/api/graphql', randomUUID(), {
      query: '{ Inventories { totalDocs } }',
    }).expect(400)
    expect(body.errors[0].message).toContain('REST')
  })

  it('may be sent by the pages of CORS_ORIGINS, which may read that an answer is one again', async () => {
    const preflight = forecourt.anonymous.options('/api/vehicles').set('Origin', SHOP)
    expect(
      (await preflight.set('Access-Control-Request-Headers', 'idempotency-key')).headers,
    ).toMatchObject({
      'access-control-allow-origin': SHOP,
      'access-control-allow-headers': expect.stringContaining('Idempotency-Key'),
    })
    const answer = await postWithKey(owner.api, '/api/vehicles', randomUUID(), aVehicle())
      .set('Origin', SHOP)
      .expect(201)
    expect(answer.headers['access-control-expose-headers']).toContain('Idempotent-Replayed')
  })
})

describe('an idempotency key', () => {
  it('is removed after 24 hours, and not before', async () => {
    const [old, recent] = [randomUUID(), randomUUID()]
    for (const key of [old, recent])
      await postWithKey(owner.api, '/api/vehicles', key, aVehicle()).expect(201)
    await forecourt.sql(
      "update idempotency_keys set created_at = now() - interval '24 hours' where key = $1",
      [old],
    )
    const engine = await startEngine(forecourt)
    try {
      await runJob(engine, forecourt, 'prune-idempotency-keys')
    } finally {
      await engine.stop()
    }
    expect([await countKeys(forecourt, old), await countKeys(forecourt, recent)]).toEqual([0, 1])
  })
})

describe('a COMMIT that fails', () => {
  it('keeps neither the row nor the key, so that the same request may come again', async () => {
    const vehicle = await saveVehicle(forecourt.payload, owner.subject)
    const log = {
      vehicle: vehicle.id,
      dateTime: '2026-03-01T10:00:00.000Z',
      odometer: 31_000,
      fuelUnits: 10,
      costPerUnit: 3.5,
    }
    await forecourt.ownerSql(`
      create function fail_commit() returns trigger language plpgsql as $$ begin
        if new.notes = 'fail' then raise exception 'no' using errcode = '40001'; end if; return
          null; end $$;
      create constraint trigger fail_commit after insert on fuel_logs deferrable initially deferred
        for each row execute function fail_commit();`)
    const key = randomUUID()
    try {
      await postWithKey(owner.api, '/api/fuel-logs', key, { ...log, notes: 'fail' }).expect(409)
      expect(await countKeys(forecourt, key)).toBe(0)
    } finally {
      await forecourt.ownerSql('drop trigger fail_commit on fuel_logs; drop function fail_commit()')
    }
    await postWithKey(owner.api, '/api/fuel-logs', key, { ...log, notes: 'fail' }).expect(201)
  })
})

describe('a database connection that is cut while the row is written', () => {
  it('leaves the key free, so that the same request makes the row', async () => {
    await forecourt.ownerSql(`
      create function slow_down() returns trigger language plpgsql as $$ begin
        if new.nickname = 'slow' then perform pg_sleep(5); end if; return new; end $$;
      create trigger slow_down before insert on vehicles for each row execute function
        slow_down();`)
    const [key, vehicle] = [randomUUID(), aVehicle({ nickname: 'slow' })]
    try {
      const cut = postWithKey(owner.api, '/api/vehicles', key, vehicle).then(({ status }) => status)
      await waitUntil(async () => {
        const { rowCount } =
          await forecourt.sql(`select pg_terminate_backend(pid) from pg_stat_activity
          where wait_event = 'PgSleep' and datname = current_database()`)
        return rowCount === 1
      }, 'the insert is cut')
      expect(await cut).toBeGreaterThanOrEqual(500)
    } finally {
      await forecourt.ownerSql('drop trigger slow_down on vehicles; drop function slow_down()')
    }
    await waitUntil(
      async () => (await postWithKey(owner.api, '/api/vehicles', key, vehicle)).status === 201,
      'the row is made',
    )
    expect([await countVehicles(forecourt, vehicle.vin), await countKeys(forecourt, key)]).toEqual([
      1, 1,
    ])
  })
})
