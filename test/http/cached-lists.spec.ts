import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { waitForNotifications } from '../support/notifications.ts'
import type { Owner } from '../support/owners.ts'
import { findRedis, openRedis, type RedisPeer } from '../support/redis-peer.ts'
import { waitUntil } from '../support/work.ts'

const there = findRedis()
const STORES = there ? (['memory', 'Redis'] as const) : (['memory'] as const)

const LOG = { dateTime: '2026-11-01T08:00:00.000Z', fuelUnits: 10, costPerUnit: 3.5 }

describe.each(STORES)('an owner’s lists, cached in %s', (store) => {
  let peer: RedisPeer | undefined
  let forecourt: TestForecourt
  let owner: Owner
  let vehicle: string
  beforeAll(async () => {
    if (store === 'Redis') peer = await openRedis()
    forecourt = await openForecourt(peer ? { REDIS_URL: peer.url } : {})
  })
  beforeEach(async () => {
    owner = await forecourt.asOwner()
    vehicle = (await saveVehicle(forecourt.payload, owner.subject, { nickname: 'First' })).id
    await waitForNotifications(forecourt)
  })
  afterAll(async () => {
    await forecourt.close()
    await peer?.kill()
  })

  const listNicknames = async (target = '/api/vehicles?limit=10'): Promise<string[]> => {
    const { body } = await owner.api.get(target).expect(200)
    return body.docs.map(({ nickname }: { nickname: string }) => nickname)
  }

  /** Changes rows without telling anyone. */
  const changeSilently = (statement: string) =>
    forecourt.ownerSql(`begin; alter table vehicles disable trigger user; ${statement};
      alter table vehicles enable trigger user; commit`)

  it('are answered from the cache, with the same bytes and headers', async () => {
    const first = await owner.api.get('/api/vehicles?limit=10').expect(200)
    await changeSilently(`update vehicles set nickname = 'Silent' where id = '${vehicle}'`)
    const second = await owner.api.get('/api/vehicles?limit=10').expect(200)
    expect(second.text).toBe(first.text)
    const { date: _, 'x-request-id': _id, ...headers } = first.headers
    expect(second.headers).toMatchObject(headers)
    expect(second.headers['cache-control']).toBe('no-store')
  })

  it('differ by filter, page, order and selection, and not by the order of parameters', async () => {
    await saveVehicle(forecourt.payload, owner.subject, { nickname: 'Second' })
    await waitForNotifications(forecourt)
    const read = async () => [
      await listNicknames('/api/vehicles?sort=nickname&limit=1'),
      await listNicknames('/api/vehicles?limit=1&sort=nickname&page=2'),
      await listNicknames('/api/vehicles?limit=1&sort=-nickname'),
      await listNicknames('/api/vehicles?where[nickname][equals]=Second'),
      await listNicknames('/api/vehicles?select[make]=true&limit=1'),
    ]
    const expected = [['First'], ['Second'], ['Second'], ['Second'], [undefined]]
    expect(await read()).toEqual(expected)
    await changeSilently(`update vehicles set nickname = 'Silent' where id = '${vehicle}'`)
    expect(await read()).toEqual(expected)
    expect(await listNicknames('/api/vehicles?limit=1&sort=nickname')).toEqual(['First'])
  })

  it('show each of the owner’s own writes to the very next read', async () => {
    const logs = `/api/fuel-logs?where[vehicle][equals]=${vehicle}`
    const count = async (target: string) => (await owner.api.get(target).expect(200)).body.totalDocs
    const readOdometer = async () =>
      (await owner.api.get('/api/vehicles').expect(200)).body.docs[0].odometerReading
    for (let turn = 1; turn <= 20; turn++) {
      expect(await count(logs)).toBe(turn - 1)
      await owner.api
        .post('/api/fuel-logs')
        .send({ ...LOG, vehicle, odometer: 50_000 + turn })
        .expect(201)
      expect(await count(logs)).toBe(turn)
      expect(await readOdometer()).toBe(50_000 + turn)
      await owner.api
        .patch(`/api/vehicles/${vehicle}?select[make]=true`)
        .send({ nickname: `Turn ${turn}` })
        .expect(200)
      expect(await listNicknames()).toEqual([`Turn ${turn}`])
    }
    await owner.api.delete(`/api/vehicles/${vehicle}`).expect(200)
    expect(await listNicknames()).toEqual([])
    expect(await count(logs)).toBe(0)
  })

  it('show the writes of an admin, and those over GraphQL', async () => {
    const admin = await forecourt.as('admin')
    await listNicknames()
    await admin.patch(`/api/vehicles/${vehicle}?select[make]=true`).send({ nickname: 'Renamed' })
    expect(await listNicknames()).toEqual(['Renamed'])
    const query = `mutation { updateVehicle(id: "${vehicle}", data: { nickname: "Graph" }) { id } }`
    await owner.api.post('/api/graphql').send({ query }).expect(200)
    expect(await listNicknames()).toEqual(['Graph'])
  })

  it('never show what was rolled back', async () => {
    await listNicknames()
    const wrong = { nickname: 'Never', year: 1 }
    await owner.api.patch(`/api/vehicles/${vehicle}`).send(wrong).expect(400)
    expect(await listNicknames()).toEqual(['First'])
  })

  it.each([
    ['an update', (id: string) => `update vehicles set nickname = 'Elsewhere' where id = '${id}'`],
    ['a deletion', (id: string) => `delete from vehicles where id = '${id}'`],
    ['a change of every row', () => `update vehicles set nickname = 'Elsewhere'`],
    ['an emptied table', () => `truncate vehicles cascade`],
  ])('hear of %s by another process', async (_name, build) => {
    await listNicknames()
    await forecourt.ownerSql(build(vehicle))
    await waitUntil(async () => (await listNicknames())[0] !== 'First', 'the change is shown')
  })

  it('show nothing of another owner, whose vehicle is named', async () => {
    const stranger = await forecourt.asOwner()
    const logs = `/api/fuel-logs?where[vehicle][equals]=${vehicle}`
    await owner.api
      .post('/api/fuel-logs')
      .send({ ...LOG, vehicle, tripDistance: 250 })
      .expect(201)
    for (const [reader, total] of [
      [owner, 1],
      [stranger, 0],
      [owner, 1],
      [stranger, 0],
    ] as const)
      expect((await reader.api.get(logs).expect(200)).body.totalDocs).toBe(total)
    expect((await stranger.api.get('/api/vehicles').expect(200)).body.docs).toEqual([])
    await forecourt.anonymous.get(logs).expect(403)
    await forecourt.anonymous.get('/api/vehicles').expect(403)
  })

  it('are refused to a deactivated owner at once', async () => {
    await listNicknames()
    await forecourt.sql('update user_profiles set deactivated_at = now() where auth0_sub = $1', [
      owner.subject,
    ])
    await owner.api.get('/api/vehicles?limit=10').expect(403)
  })

  it('are always read from the rows for an admin', async () => {
    const admin = await forecourt.as('admin')
    const target = `/api/vehicles?where[id][equals]=${vehicle}`
    for (const nickname of ['First', 'Silent']) {
      expect((await admin.get(target).expect(200)).body.docs[0].nickname).toBe(nickname)
      await changeSilently(`update vehicles set nickname = 'Silent' where id = '${vehicle}'`)
    }
  })

  if (store === 'Redis')
    it('are in Redis under the documented keys, with their lifetimes', async () => {
      const redis = new Redis(peer?.url ?? '')
      try {
        const of = `where[vehicle][equals]=${vehicle}`
        for (const target of [
          '/api/vehicles',
          '/api/vehicles?page=2',
          `/api/fuel-logs?${of}&limit=5`,
          `/api/maintenance-logs?${of}`,
          `/api/maintenance-schedules?${of}`,
        ])
          await owner.api.get(target).expect(200)
        const fields = {
          [`vehicles:user:${owner.subject}`]: 2,
          [`fuel-logs:vehicle:${vehicle}:imperial`]: 1,
          [`maintenance:vehicle:${vehicle}:imperial`]: 2,
        }
        for (const [key, count] of Object.entries(fields)) {
          expect(await redis.hlen(key)).toBe(count)
          const seconds = await redis.ttl(key)
          expect(seconds).toBeGreaterThan(240)
          expect(seconds).toBeLessThanOrEqual(300)
        }
      } finally {
        redis.disconnect()
      }
    })
})
