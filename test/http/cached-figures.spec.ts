import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { waitForNotifications } from '../support/notifications.ts'
import type { Owner } from '../support/owners.ts'
import { findRedis, openRedis, type RedisPeer } from '../support/redis-peer.ts'
import { waitUntil } from '../support/work.ts'

const STORES = findRedis() ? (['memory', 'Redis'] as const) : (['memory'] as const)
const ANSWERS = ['stats', 'fills', 'due', 'all due'] as const
type Answer = (typeof ANSWERS)[number]
type Body = Record<string, unknown>

const FUEL = { fuelUnits: 10, costPerUnit: 3.5, fuelType: 'gasoline' }
const OIL = { category: 'Routine maintenance', subtypes: ['Oil change'] }

describe.each(STORES)('the figures of a vehicle, cached in %s', (store) => {
  let peer: RedisPeer | undefined
  let forecourt: TestForecourt
  let owner: Owner
  let vehicle: string
  /** The rows that every test starts with. */
  let rows: { fill: string; service: string; schedule: string }
  beforeAll(async () => {
    if (store === 'Redis') peer = await openRedis()
    forecourt = await openForecourt(peer ? { REDIS_URL: peer.url } : {})
  })
  afterAll(async () => {
    await forecourt.close()
    await peer?.kill()
  })

  const add = async (table: string, body: Body) =>
    String((await owner.api.post(`/api/${table}`).send(body).expect(201)).body.doc.id)
  const change = (table: string, id: string, body: Body) =>
    owner.api.patch(`/api/${table}/${id}`).send(body).expect(200)
  const remove = (table: string, id: string) => owner.api.delete(`/api/${table}/${id}`).expect(200)
  const addFill = (day: string, odometer: number) =>
    add('fuel-logs', { ...FUEL, vehicle, dateTime: `${day}T10:00:00Z`, odometer })

  beforeEach(async () => {
    owner = await forecourt.asOwner()
    vehicle = (await saveVehicle(forecourt.payload, owner.subject, { nickname: 'First' })).id
    await add('user-preferences', { timeZone: 'Pacific/Niue' })
    await addFill('2026-01-01', 40_000)
    const schedule = { ...OIL, vehicle, intervalMiles: 5_000 }
    const service = { ...OIL, vehicle, serviceDate: '2026-01-15', odometer: 40_350, cost: 80 }
    rows = {
      fill: await addFill('2026-01-11', 40_300),
      service: await add('maintenance-logs', service),
      schedule: await add('maintenance-schedules', schedule),
    }
    await waitForNotifications(forecourt)
  })

  const getPath = (answer: Answer): string =>
    ({
      stats: `/api/vehicles/${vehicle}/stats`,
      fills: `/api/vehicles/${vehicle}/fuel-logs`,
      due: `/api/vehicles/${vehicle}/due`,
      'all due': '/api/me/due',
    })[answer]
  const read = async (answer: Answer): Promise<string> =>
    (await owner.api.get(getPath(answer)).expect(200)).text
  const readAll = async (): Promise<string[]> => {
    const texts: string[] = []
    for (const answer of ANSWERS) texts.push(await read(answer))
    return texts
  }
  /** The answers that differ after a change, each read twice before it. */
  async function findChanged(makeChange: () => Promise<unknown>): Promise<Answer[]> {
    await readAll()
    const before = await readAll()
    await makeChange()
    const after = await readAll()
    return ANSWERS.filter((_, place) => before[place] !== after[place])
  }

  it('are answered from the cache, with the same bytes and headers', async () => {
    const paths = [...ANSWERS.map(getPath), '/api/maintenance/subtypes/Repair']
    const first = []
    for (const path of paths) first.push(await owner.api.get(path).expect(200))
    const silently = ['fuel_logs', 'maintenance_logs', 'maintenance_schedules', 'vehicles']
    const tables = [...silently, 'maintenance_subtypes']
    await forecourt.ownerSql(
      `begin;
       ${tables.map((table) => `alter table ${table} disable trigger user;`).join(' ')}
       update fuel_logs set total_cost = 1 where vehicle_id = '${vehicle}';
       update maintenance_schedules set next_due_date = '2099-01-01' where vehicle_id = '${vehicle}';
       update maintenance_subtypes set name = 'Silent ' || name where category = 'Repair';
       ${tables.map((table) => `alter table ${table} enable trigger user;`).join(' ')}
       commit`,
    )
    for (const [place, path] of paths.entries()) {
      const { text, headers } = await owner.api.get(path).expect(200)
      expect([path, text]).toEqual([path, first[place]?.text])
      const { date: _, 'x-request-id': _id, ...firstHeaders } = first[place]?.headers ?? {}
      expect(headers).toMatchObject(firstHeaders)
    }
    await forecourt.ownerSql(
      `update maintenance_subtypes set name = replace(name, 'Silent ', '') where name ^@ 'Silent '`,
    )
  })

  it.each<[string, Answer[], () => Promise<unknown>]>([
    ['a new fuel log', [...ANSWERS], () => addFill('2026-02-01', 41_000)],
    [
      'a corrected fuel log',
      ['stats', 'fills'],
      () => change('fuel-logs', rows.fill, { fuelUnits: 11 }),
    ],
    ['a deleted fuel log', ['stats', 'fills'], () => remove('fuel-logs', rows.fill)],
    [
      'a log that moves a schedule',
      ['stats', 'due', 'all due'],
      () =>
        add('maintenance-logs', { ...OIL, vehicle, serviceDate: '2026-03-01', odometer: 40_900 }),
    ],
    [
      'a corrected service',
      ['stats', 'due', 'all due'],
      () => change('maintenance-logs', rows.service, { serviceDate: '2026-01-14' }),
    ],
    [
      'a service that the schedule is no longer satisfied by',
      ['due', 'all due'],
      () => change('maintenance-logs', rows.service, { subtypes: ['Tires'] }),
    ],
    [
      'a deleted service',
      ['stats', 'due', 'all due'],
      () => remove('maintenance-logs', rows.service),
    ],
    [
      'a service that is moved to another vehicle',
      ['stats', 'due', 'all due'],
      async () => {
        const other = await saveVehicle(forecourt.payload, owner.subject, {})
        await change('maintenance-logs', rows.service, { vehicle: other.id })
      },
    ],
    [
      'a new schedule',
      ['due', 'all due'],
      () => add('maintenance-schedules', { ...OIL, vehicle, nextDueDate: '2027-01-01' }),
    ],
    [
      'another interval',
      ['due', 'all due'],
      () => change('maintenance-schedules', rows.schedule, { intervalMiles: 6_000 }),
    ],
    [
      'the threshold of a schedule',
      ['due', 'all due'],
      () => change('maintenance-schedules', rows.schedule, { dueSoonMiles: 5_000 }),
    ],
    [
      'a deleted schedule',
      ['due', 'all due'],
      () => remove('maintenance-schedules', rows.schedule),
    ],
    [
      'an entered odometer',
      ['stats', 'due', 'all due'],
      () => change('vehicles', vehicle, { odometerReading: 40_700 }),
    ],
    ['a price paid', ['stats'], () => change('vehicles', vehicle, { purchasePrice: 9_000 })],
    ['another name', ['due', 'all due'], () => change('vehicles', vehicle, { nickname: 'Second' })],
    [
      'the threshold of the vehicle',
      ['due', 'all due'],
      () => change('vehicles', vehicle, { dueSoonMiles: 5_000 }),
    ],
    [
      'an archived vehicle',
      ['due', 'all due'],
      () => change('vehicles', vehicle, { isActive: false }),
    ],
    ['other units', [...ANSWERS], () => changePreferences({ unitSystem: 'metric' })],
    ['another unit of distance', [...ANSWERS], () => changePreferences({ distanceUnit: 'km' })],
    [
      'a zone in which it is another day',
      [...ANSWERS],
      () => changePreferences({ timeZone: 'Pacific/Kiritimati' }),
    ],
  ])('show %s to the very next read', async (_name, expected, makeChange) => {
    expect(await findChanged(makeChange)).toEqual(expected)
  })

  async function changePreferences(body: Body): Promise<void> {
    const { body: list } = await owner.api.get('/api/user-preferences').expect(200)
    await change('user-preferences', String(list.docs[0].id), body)
  }

  it('show the day that it is for the owner, and the units of their choice', async () => {
    const readToday = async () => JSON.parse(await read('all due')).today as string
    const west = await readToday()
    await changePreferences({ timeZone: 'Pacific/Kiritimati' })
    const east = await readToday()
    expect(east > west).toBe(true)
    await changePreferences({ timeZone: 'Pacific/Niue' })
    expect(await readToday()).toBe(west)
  })

  it('show nothing of a log that was refused', async () => {
    const refused = { ...OIL, vehicle, serviceDate: '2026-03-01', odometer: -1 }
    expect(
      await findChanged(() => owner.api.post('/api/maintenance-logs').send(refused).expect(400)),
    ).toEqual([])
  })

  it.each([
    ['a fuel log', 'stats', `update fuel_logs set total_cost = 99 where vehicle_id = 'ID'`],
    [
      'a schedule',
      'all due',
      `update maintenance_schedules set next_due_mileage = 50000 where vehicle_id = 'ID'`,
    ],
    ['a vehicle', 'due', `update vehicles set title = 'Elsewhere' where id = 'ID'`],
    ['every log', 'fills', `update fuel_logs set total_cost = 99`],
  ] as const)('hear of a change of %s by another process', async (_name, answer, statement) => {
    const before = await read(answer)
    await forecourt.ownerSql(statement.replace('ID', vehicle))
    await waitUntil(async () => (await read(answer)) !== before, 'the change is shown')
  })

  it('are the same for an admin, and stay closed to everyone else', async () => {
    const texts = await readAll()
    const admin = await forecourt.as('admin')
    const stranger = (await forecourt.asOwner()).api
    for (const [place, answer] of (['stats', 'fills', 'due'] as const).entries()) {
      const path = getPath(answer)
      expect((await admin.get(path).expect(200)).text).toBe(texts[place])
      await stranger.get(path).expect(404)
      await forecourt.anonymous.get(path).expect(403)
    }
    expect((await stranger.get('/api/me/due').expect(200)).body.vehicles).toEqual([])
    await remove('vehicles', vehicle)
    for (const answer of ['stats', 'fills', 'due'] as const)
      await owner.api.get(getPath(answer)).expect(404)
    expect(JSON.parse(await read('all due')).vehicles).toEqual([])
  })

  it('differ by page', async () => {
    const readPage = async (page: number) =>
      (await owner.api.get(`${getPath('fills')}?limit=1&page=${page}`).expect(200)).body.docs[0].id
    const first = await readPage(1)
    expect(first).toBe(rows.fill)
    expect(await readPage(2)).not.toBe(first)
    expect(await readPage(1)).toBe(first)
  })

  describe('and the subtypes of a category of maintenance', () => {
    const list = async (category: string): Promise<string[]> =>
      (await forecourt.anonymous.get(`/api/maintenance/subtypes/${category}`).expect(200)).body
        .subtypes

    it('show a subtype that is added, renamed, retired or deleted to the very next read', async () => {
      const admin = await forecourt.as('admin')
      const first = await list('Repair')
      const name = `Convertible top ${vehicle}`
      const created = await admin
        .post('/api/maintenance-subtypes')
        .send({ category: 'Repair', name })
        .expect(201)
      const path = `/api/maintenance-subtypes/${created.body.doc.id}`
      expect(await list('Repair')).toContain(name)
      expect(await list('REPAIR')).toContain(name)
      await admin
        .patch(path)
        .send({ name: `${name}s` })
        .expect(200)
      expect(await list('Repair')).toContain(`${name}s`)
      await admin.patch(path).send({ isActive: false }).expect(200)
      expect(await list('Repair')).toEqual(first)
      await admin.patch(path).send({ isActive: true }).expect(200)
      expect(await list('repair')).toHaveLength(first.length + 1)
      await admin.delete(path).expect(200)
      expect(await list('repair')).toEqual(first)
    })

    it('hear of a change by another process', async () => {
      const first = await list('Inspection')
      await forecourt.ownerSql(
        `update maintenance_subtypes set is_active = false where name = '${first[0]}'`,
      )
      await waitUntil(
        async () => (await list('Inspection')).length === first.length - 1,
        'the change is shown',
      )
      await forecourt.ownerSql(
        `update maintenance_subtypes set is_active = true where name = '${first[0]}'`,
      )
    })

    it('do not fill the cache with categories that do not exist', async () => {
      await forecourt.anonymous.get('/api/maintenance/subtypes/Winter').expect(404)
      const admin = await forecourt.as('admin')
      const added = { category: 'Winter', name: 'Snow tires' }
      const created = await admin.post('/api/maintenance-subtypes').send(added).expect(201)
      expect(await list('winter')).toEqual(['Snow tires'])
      await admin.delete(`/api/maintenance-subtypes/${created.body.doc.id}`).expect(200)
      await forecourt.anonymous.get('/api/maintenance/subtypes/Winter').expect(404)
    })
  })

  if (store === 'Redis')
    it('are in Redis under the documented keys, with their lifetimes', async () => {
      const redis = new Redis(peer?.url ?? '')
      try {
        await changePreferences({ unitSystem: 'metric' })
        await readAll()
        await forecourt.anonymous.get('/api/maintenance/subtypes/Performance-upgrade').expect(200)
        const keys = {
          [`vehicles:user:${owner.subject}`]: { fields: 1, seconds: 300 },
          [`fuel-logs:vehicle:${vehicle}:metric`]: { fields: 2, seconds: 300 },
          [`maintenance:vehicle:${vehicle}:metric`]: { fields: 1, seconds: 300 },
          'dropdown:maintenance-subtypes:performance upgrade': { fields: 1, seconds: 21_600 },
        }
        for (const [key, { fields, seconds }] of Object.entries(keys)) {
          expect([key, await redis.hlen(key)]).toEqual([key, fields])
          const left = await redis.ttl(key)
          expect(left).toBeGreaterThan(seconds - 60)
          expect(left).toBeLessThanOrEqual(seconds)
        }
      } finally {
        redis.disconnect()
      }
    })
})
