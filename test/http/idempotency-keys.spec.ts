import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { aVehicle, countKeys, countVehicles, postWithKey } from '../support/http-idempotency.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let owner: Owner
beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await forecourt.asOwner()
})
afterAll(() => forecourt.close())

describe('a POST with an Idempotency-Key', () => {
  it('is done once, and answered again as it was', async () => {
    const [key, vehicle] = [randomUUID(), aVehicle()]
    const first = await postWithKey(owner.api, '/api/vehicles', key, vehicle).expect(201)
    expect(first.headers).not.toHaveProperty('idempotent-replayed')
    const second = await postWithKey(owner.api, '/api/vehicles', key, vehicle).expect(201)
    expect(second.headers['idempotent-replayed']).toBe('true')
    expect(second.body).toEqual(first.body)
    expect(await countVehicles(forecourt, vehicle.vin)).toBe(1)
  })

  it(
    'makes one row of fifty at the same moment: one 201, the same answer again, or 409 while it ' +
      'is under way',
    async () => {
      const [key, vehicle] = [randomUUID(), aVehicle()]
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => postWithKey(owner.api, '/api/vehicles', key, vehicle)),
      )
      const created = answers.filter(({ status }) => status === 201)
      const conflicts = answers.filter(({ status }) => status === 409)
      expect(created.length + conflicts.length).toBe(50)
      expect(
        created.filter(({ headers }) => headers['idempotent-replayed'] !== 'true'),
      ).toHaveLength(1)
      for (const { body } of created) expect(body).toEqual(created[0]?.body)
      for (const { headers } of conflicts) expect(headers['retry-after']).toBe('1')
      expect(await countVehicles(forecourt, vehicle.vin)).toBe(1)
    },
  )

  it(
    'is done side by side with forty others of other keys, which do not wait for each other in ' +
      'vain',
    async () => {
      const vehicles = Array.from({ length: 40 }, () => aVehicle())
      const answers = await Promise.all(
        vehicles.map((vehicle) => postWithKey(owner.api, '/api/vehicles', randomUUID(), vehicle)),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
    },
  )

  it('is the same request however its JSON is written', async () => {
    const [key, vehicle] = [randomUUID(), aVehicle()]
    await postWithKey(owner.api, '/api/vehicles', key, vehicle).expect(201)
    const turned = JSON.stringify(Object.fromEntries(Object.entries(vehicle).toReversed()), null, 2)
    const again = owner.api
      .post('/api/vehicles')
      .set('Idempotency-Key', key)
      .set('content-type', 'application/json')
    expect((await again.send(turned).expect(201)).headers['idempotent-replayed']).toBe('true')
  })

  it.each([
    ['body', '/api/vehicles', { color: 'red' }],
    ['query', '/api/vehicles?depth=1', {}],
    ['route', '/api/fuel-logs', {}],
  ])('is a 422 when the key comes again with another %s', async (_what, path, more) => {
    const [key, vehicle] = [randomUUID(), aVehicle()]
    await postWithKey(owner.api, '/api/vehicles', key, vehicle).expect(201)
    const { body } = await postWithKey(owner.api, path, key, { ...vehicle, ...more }).expect(422)
    expect(body.errors[0].message).toContain('a different request')
  })

  it("does not meet another caller's request with the same key", async () => {
    const [key, other] = [randomUUID(), await forecourt.asOwner()]
    const first = await postWithKey(owner.api, '/api/vehicles', key, aVehicle()).expect(201)
    const second = await postWithKey(other.api, '/api/vehicles', key, aVehicle()).expect(201)
    expect(second.headers).not.toHaveProperty('idempotent-replayed')
    expect(second.body.doc.id).not.toBe(first.body.doc.id)
  })

  it('that was refused is done when it comes again, mended or not', async () => {
    const [key, vehicle] = [randomUUID(), aVehicle()]
    await postWithKey(owner.api, '/api/vehicles', key, { ...vehicle, year: 'soon' }).expect(400)
    await postWithKey(owner.api, '/api/vehicles', key, { ...vehicle, year: 'soon' }).expect(400)
    expect(await countKeys(forecourt, key)).toBe(0)
    await postWithKey(owner.api, '/api/vehicles', key, vehicle).expect(201)
    expect(await countVehicles(forecourt, vehicle.vin)).toBe(1)
  })

  const WRONG = ['', 'two words', 'x'.repeat(256), 'ключ', 'caf\u00e9', 'tab\tbed']
  it.each(WRONG)('is a 400 that says what a key is when it is "%s"', async (key) => {
    const request = owner.api
      .post('/api/vehicles')
      .set('Idempotency-Key', Buffer.from(key).toString('latin1'))
    const { body } = await request.send(aVehicle()).expect(400)
    expect(body.errors[0].message).toContain('1 to 255 visible ASCII characters')
  })

  it('is done with the longest key there is', async () => {
    await postWithKey(owner.api, '/api/vehicles', '~'.repeat(255), aVehicle()).expect(201)
  })

  it('of somebody who is not signed in is refused, and keeps nothing', async () => {
    const key = randomUUID()
    await postWithKey(forecourt.anonymous, '/api/vehicles', key, aVehicle()).expect(403)
    expect(await countKeys(forecourt, key)).toBe(0)
  })

  it('is not answered again with a row that is gone, nor done again', async () => {
    const [key, vehicle] = [randomUUID(), aVehicle()]
    const { body } = await postWithKey(owner.api, '/api/vehicles', key, vehicle).expect(201)
    await owner.api.delete(`/api/vehicles/${body.doc.id}`).expect(200)
    const again = await postWithKey(owner.api, '/api/vehicles', key, vehicle).expect(410)
    expect(again.body.errors[0].message).toContain(body.doc.id)
    expect(await countVehicles(forecourt, vehicle.vin)).toBe(1)
  })

  it('keeps nothing of the row itself', async () => {
    const key = randomUUID()
    await postWithKey(
      owner.api,
      '/api/vehicles',
      key,
      aVehicle({ nickname: 'Secret nickname' }),
    ).expect(201)
    const { rows } = await forecourt.sql(
      'select answer::text from idempotency_keys where key = $1',
      [key],
    )
    expect(rows[0].answer).not.toContain('Secret nickname')
  })

  it('is done again after 24 hours, whether or not the old key was removed', async () => {
    const key = randomUUID()
    await postWithKey(owner.api, '/api/vehicles', key, aVehicle()).expect(201)
    await forecourt.sql(
      "update idempotency_keys set created_at = now() - interval '24 hours' where key = $1",
      [key],
    )
    const again = await postWithKey(owner.api, '/api/vehicles', key, aVehicle()).expect(201)
    expect(again.headers).not.toHaveProperty('idempotent-replayed')
    await postWithKey(owner.api, '/api/vehicles', key, aVehicle()).expect(422)
  })
})
