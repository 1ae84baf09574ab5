import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { getPostgresAdapter } from '../../src/database/transaction.ts'
import { addDays, addMonths, getDayInZone } from '../../src/garage/domain/days.ts'
import { fillEnteredSchedules } from '../../src/garage/store/first-rows.ts'
import { saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let owner: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
})
afterAll(() => forecourt.close())
beforeEach(async () => {
  owner = await forecourt.asOwner()
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
})

type Body = Record<string, unknown>
type Answer = { body: unknown }
const docOf = (answer: Answer) => (answer.body as { doc: Body }).doc
const idOf = (answer: Answer) => String(docOf(answer)['id'])
const warningsOf = (answer: Answer) =>
  ((answer.body as { warnings?: { code: string }[] }).warnings ?? []).map(({ code }) => code)
const TODAY = getDayInZone(new Date(), 'America/New_York')

const OIL = { category: 'Routine maintenance', subtypes: ['Oil change'] }
const sendSchedule = (about: Body = {}, to = vehicle) =>
  owner.api
    .post('/api/maintenance-schedules')
    .send({ vehicle: to, ...OIL, intervalMonths: 6, intervalMiles: 5_000, ...about })
const sendLog = (serviceDate: string, about: Body = {}, to = vehicle) =>
  owner.api.post('/api/maintenance-logs').send({ vehicle: to, ...OIL, serviceDate, ...about })
const readSchedule = async (id: string) =>
  (await owner.api.get(`/api/maintenance-schedules/${id}`).expect(200)).body as Body
const NEXT = ['lastServiceDate', 'lastServiceMileage', 'nextDueDate', 'nextDueMileage'] as const
const readNext = async (id: string) => {
  const schedule = await readSchedule(id)
  return NEXT.map((field) => schedule[field])
}

describe('a maintenance schedule', () => {
  it('computes the next due date and mileage when it is saved', async () => {
    const service = { lastServiceDate: '2026-01-31', lastServiceMileage: 40_000 }
    const made = await sendSchedule({ ...service, intervalMonths: 1 }).expect(201)
    expect(docOf(made)).toMatchObject({
      ...service,
      nextDueDate: '2026-02-28',
      nextDueMileage: 45_000,
      anchor: 'service',
    })
    const changed = await owner.api
      .patch(`/api/maintenance-schedules/${idOf(made)}`)
      .send({ intervalMonths: 2 })
      .expect(200)
    expect(docOf(changed)).toMatchObject({ nextDueDate: '2026-03-31' })
    expect(warningsOf(changed)).toEqual([])
  })

  it('keeps a due date that its owner entered, unless an interval computes it', async () => {
    const entered = { nextDueDate: '2027-05-01', nextDueMileage: 70_000 }
    const once = await sendSchedule({ ...entered, intervalMonths: null, intervalMiles: null })
    expect(docOf(once)).toMatchObject(entered)
    const computed = await sendSchedule({
      ...entered,
      lastServiceDate: '2026-05-01',
      lastServiceMileage: 50_000,
    })
    expect(docOf(computed)).toMatchObject({ nextDueDate: '2026-11-01', nextDueMileage: 55_000 })
    expect(warningsOf(computed)).toEqual(['due_computed', 'due_computed'])
  })

  it('follows a log that is added, corrected, moved and deleted', async () => {
    const schedule = idOf(
      await sendSchedule({ lastServiceDate: '2025-06-10', lastServiceMileage: 40_000 }),
    )
    const before = ['2025-06-10', 40_000, '2025-12-10', 45_000]
    expect(await readNext(schedule)).toEqual(before)
    const log = idOf(await sendLog('2025-12-01', { odometer: 45_200 }).expect(201))
    expect(await readNext(schedule)).toEqual(['2025-12-01', 45_200, '2026-06-01', 50_200])
    const change = (body: Body) =>
      owner.api.patch(`/api/maintenance-logs/${log}`).send(body).expect(200)
    await change({ serviceDate: '2025-12-31' })
    expect(await readNext(schedule)).toEqual(['2025-12-31', 45_200, '2026-06-30', 50_200])
    await change({ odometer: null })
    expect(await readNext(schedule)).toEqual(['2025-12-31', null, '2026-06-30', null])
    await change({ subtypes: ['Tire rotation'] })
    expect(await readNext(schedule)).toEqual(before)
    await change({ subtypes: ['Tire rotation', 'Oil change'], odometer: 45_200 })
    expect((await readNext(schedule))[0]).toBe('2025-12-31')
    const other = (await saveVehicle(forecourt.payload, owner.subject)).id
    const others = idOf(await sendSchedule({}, other))
    await change({ vehicle: other })
    expect(await readNext(schedule)).toEqual(before)
    expect(await readNext(others)).toEqual(['2025-12-31', 45_200, '2026-06-30', 50_200])
    await owner.api.delete(`/api/maintenance-logs/${log}`).expect(200)
    expect(await readNext(others)).toEqual([null, null, null, null])
  })

  it('is satisfied by logs that were there before it, and by any of the category if it has no subtypes', async () => {
    await sendLog('2026-02-10', { odometer: 41_000, subtypes: ['Tire rotation'] }).expect(201)
    await sendLog('2026-03-10', { category: 'Repair', subtypes: ['Engine'] }).expect(201)
    expect(docOf(await sendSchedule({ subtypes: [] }))).toMatchObject({
      lastServiceDate: '2026-02-10',
      nextDueMileage: 46_000,
    })
    expect(docOf(await sendSchedule())).toMatchObject({ lastServiceDate: null, nextDueDate: null })
  })

  it('of fixed dates is not moved by an early or late service', async () => {
    const fixed = { anchor: 'fixed', intervalMonths: 12, intervalMiles: null }
    const made = await sendSchedule({ ...fixed, nextDueDate: '2026-03-31' }).expect(201)
    expect(docOf(made)).toMatchObject({ nextDueDate: '2026-03-31' })
    const log = idOf(await sendLog('2026-05-04').expect(201))
    expect((await readNext(idOf(made)))[2]).toBe('2027-03-31')
    await owner.api.delete(`/api/maintenance-logs/${log}`).expect(200)
    expect((await readNext(idOf(made)))[2]).toBe('2026-03-31')
  })

  it('tells its owner about a service that a later log replaces', async () => {
    const schedule = idOf(await sendSchedule())
    await sendLog('2026-03-10', { odometer: 41_000 }).expect(201)
    const answer = await owner.api
      .patch(`/api/maintenance-schedules/${schedule}`)
      .send({ lastServiceDate: '2026-01-10' })
      .expect(200)
    expect(docOf(answer)).toMatchObject({ lastServiceDate: '2026-03-10' })
    expect(warningsOf(answer)).toEqual(['service_in_log'])
  })

  it.each([
    { intervalMonths: 'often' },
    { intervalMiles: 0.5 },
    { lastServiceDate: '2026-02-30' },
    { lastServiceMileage: -1 },
    { nextDueDate: 20260101 },
    { anchor: 'sometimes' },
    { subtypes: 'Oil change' },
    { subtypes: [7] },
    { category: 7 },
    { category: ' ' },
    { vehicle: 'none' },
    { dueSoonDays: -1 },
  ])('is refused with %j, as its fields say', async (about) => {
    const { body } = await sendSchedule(about).expect(400)
    expect(body.errors[0].path).toBe(Object.keys(about)[0])
  })

  it('is not changed by a read, nor by a log that is refused', async () => {
    const schedule = idOf(await sendSchedule({ lastServiceDate: '2026-01-10' }))
    const rows = async () =>
      (await forecourt.sql('select xmin::text, * from maintenance_schedules order by id')).rows
    const before = await rows()
    await readSchedule(schedule)
    await owner.api.get(`/api/vehicles/${vehicle}/due`).expect(200)
    await owner.api.get('/api/me/due').expect(200)
    await sendLog('2026-03-10', { odometer: -1 }).expect(400)
    expect(await rows()).toEqual(before)
  })
})

describe('a schedule from before the columns for what its owner entered', () => {
  it('keeps its dates, and gets the missing due date and mileage', async () => {
    const [id, complete] = [
      idOf(await sendSchedule({ intervalMonths: 1 })),
      idOf(await sendSchedule({ anchor: 'fixed' })),
    ]
    const set = (values: string, of: string) =>
      forecourt.sql(`update maintenance_schedules set ${values} where id = '${of}'`)
    await set(`last_service_date = '2026-01-31', last_service_mileage = 40000`, id)
    await set(`next_due_date = '2026-05-31', next_due_mileage = 60000`, complete)
    await fillEnteredSchedules(getPostgresAdapter(forecourt.payload).drizzle)
    expect(await readNext(id)).toEqual(['2026-01-31', 40_000, '2026-02-28', 45_000])
    const patch = { notes: 'unchanged' }
    await owner.api.patch(`/api/maintenance-schedules/${id}`).send(patch).expect(200)
    expect(await readNext(id)).toEqual(['2026-01-31', 40_000, '2026-02-28', 45_000])
    await owner.api.patch(`/api/maintenance-schedules/${complete}`).send(patch).expect(200)
    expect((await readNext(complete)).slice(2)).toEqual(['2026-05-31', 60_000])
  })
})

describe('the words of maintenance', () => {
  it('are those of the catalog, and everything else is refused with the way out', async () => {
    const spelled = await sendLog('2026-03-10', {
      category: 'routine_maintenance',
      subtypes: ['oil change'],
    }).expect(201)
    expect(docOf(spelled)).toMatchObject(OIL)
    const refused = await sendLog('2026-03-10', { category: 'Oil' }).expect(400)
    expect(refused.text).toContain('must be one of')
    const typo = await sendLog('2026-03-10', { subtypes: ['Oil chnage'] }).expect(400)
    expect(typo.text).toContain('Did you mean')
    await sendSchedule({ subtypes: ['Engine'] }).expect(400)
  })

  it('are listed by category, and admins extend and retire them', async () => {
    const admin = await forecourt.as('admin')
    const list = (category: string) =>
      forecourt.anonymous.get(`/api/maintenance/subtypes/${category}`)
    const { body } = await list('performance-upgrade').expect(200)
    expect(body).toMatchObject({ category: 'Performance upgrade' })
    expect(body.subtypes).toContain('Suspension')
    const all = await forecourt.anonymous.get('/api/maintenance/subtypes').expect(200)
    expect((all.body as { categories: Body[] }).categories).toContainEqual(body)
    const added = { category: 'Winter', name: `Snow tires ${vehicle.slice(0, 8)}` }
    const made = await admin.post('/api/maintenance-subtypes').send(added).expect(201)
    expect((await list('Winter').expect(200)).body.subtypes).toContain(added.name)
    const log = { category: 'Winter', subtypes: [added.name] }
    const kept = await sendLog('2026-03-10', log).expect(201)
    await admin
      .patch(`/api/maintenance-subtypes/${String(docOf(made)['id'])}`)
      .send({ isActive: false })
      .expect(200)
    await sendLog('2026-03-11', log).expect(400)
    await owner.api
      .patch(`/api/maintenance-logs/${idOf(kept)}`)
      .send({ ...log, notes: 'kept' })
      .expect(200)
    expect((await list('Winter').expect(404)).text).toContain('Routine maintenance')
    await owner.api.post('/api/maintenance-subtypes').send(added).expect(403)
    await admin
      .post('/api/maintenance-subtypes')
      .send({ category: 'REPAIR', name: 'engine' })
      .expect(400)
  })
})

describe('what is due', () => {
  it('is told for a vehicle and for all of them, in the units of the owner', async () => {
    await owner.api.post('/api/user-preferences').send({ unitSystem: 'metric' })
    await owner.api
      .patch(`/api/vehicles/${vehicle}`)
      .send({ odometerReading: 49_600, nickname: 'Blue' })
      .expect(200)
    const soon = idOf(
      await sendSchedule({
        intervalMonths: null,
        nextDueMileage: 50_000,
        lastServiceMileage: null,
      }),
    )
    const late = idOf(await sendSchedule({ intervalMonths: null, nextDueDate: addDays(TODAY, -2) }))
    const { body } = await owner.api.get(`/api/vehicles/${vehicle}/due`).expect(200)
    expect(body).toMatchObject({
      today: TODAY,
      timeZone: 'America/New_York',
      distanceUnit: 'km',
      vehicle: { id: vehicle, odometer: 79_823, silence: null },
    })
    expect(body.vehicle.schedules).toMatchObject([
      { id: late, status: 'overdue', metric: 'date', daysLeft: -2, distanceLeft: null },
      { id: soon, status: 'due_soon', metric: 'distance', distanceLeft: 644, daysLeft: null },
    ])
    const all = (await owner.api.get('/api/me/due').expect(200)).body
    expect(all.counts).toEqual({ overdue: 1, due_soon: 1, ok: 0, unknown: 0 })
    expect(all.vehicles).toEqual([body.vehicle])
  })

  it('follows the thresholds of the vehicle and the schedule', async () => {
    const { status, ...rest } = {
      status: async () =>
        (await owner.api.get(`/api/vehicles/${vehicle}/due`)).body.vehicle.schedules[0].status,
      nextDueDate: addDays(TODAY, 50),
    }
    const schedule = idOf(await sendSchedule({ ...rest, intervalMonths: null }))
    expect(await status()).toBe('ok')
    await owner.api.patch(`/api/vehicles/${vehicle}`).send({ dueSoonDays: 60 }).expect(200)
    expect(await status()).toBe('due_soon')
    await owner.api
      .patch(`/api/maintenance-schedules/${schedule}`)
      .send({ dueSoonDays: 10 })
      .expect(200)
    expect(await status()).toBe('ok')
  })

  it('is forecast from the miles that the owner drives', async () => {
    await sendLog(addDays(TODAY, -110), { odometer: 40_000, subtypes: ['Tires'] }).expect(201)
    await sendLog(addDays(TODAY, -10), { odometer: 45_000, subtypes: ['Tires'] }).expect(201)
    await sendSchedule({ intervalMonths: null, nextDueMileage: 46_000 }).expect(201)
    const { body } = await owner.api.get(`/api/vehicles/${vehicle}/due`).expect(200)
    expect(body.vehicle).toMatchObject({ distancePerDay: 50, odometerDate: addDays(TODAY, -10) })
    expect(body.vehicle.schedules[0]).toMatchObject({
      distanceLeft: 1_000,
      forecastDate: addDays(TODAY, 10),
    })
  })

  it('is forecast from all miles of a month in which the odometer was replaced', async () => {
    const month = addMonths(TODAY, -1).slice(0, 7)
    const send = (date: string, odometer: number) =>
      sendLog(`${month}-${date}`, { odometer, subtypes: ['Tires'], confirmOdometer: true })
    await send('01', 100_000).expect(201)
    await send('08', 100_700).expect(201)
    await send('09', 10).expect(201)
    await send('21', 1_310).expect(201)
    await sendSchedule({ intervalMonths: null, nextDueMileage: 5_000 }).expect(201)
    const { body } = await owner.api.get(`/api/vehicles/${vehicle}/due`).expect(200)
    expect(body.vehicle).toMatchObject({ odometer: 1_310, distancePerDay: 100 })
  })

  it('is silent for vehicles that are sold, archived or deleted', async () => {
    const make = async () => (await saveVehicle(forecourt.payload, owner.subject)).id
    const [sold, archived, deleted] = [await make(), await make(), await make()]
    for (const id of [sold, archived, deleted]) await sendSchedule({}, id).expect(201)
    const change = (id: string, body: Body) =>
      owner.api.patch(`/api/vehicles/${id}`).send(body).expect(200)
    await change(sold, { soldDate: '2026-05-01' })
    await change(archived, { isActive: false })
    await change(deleted, { deletedAt: new Date().toISOString() })
    const all = (await owner.api.get('/api/me/due').expect(200)).body
    expect(all.vehicles.map(({ id }: { id: string }) => id)).toEqual([vehicle])
    const { body } = await owner.api.get(`/api/vehicles/${sold}/due`).expect(200)
    expect(body.vehicle).toMatchObject({ schedules: [] })
    expect(body.vehicle.silence).toContain('sold on 2026-05-01')
    await owner.api.get(`/api/vehicles/${deleted}/due`).expect(404)
  })

  it('is for the owner of the vehicle and admins', async () => {
    const path = `/api/vehicles/${vehicle}/due`
    await forecourt.anonymous.get(path).expect(403)
    await (await forecourt.as('viewer')).get(path).expect(403)
    await (await forecourt.asOwner()).api.get(path).expect(404)
    const admin = await forecourt.as('admin')
    await admin.get(path).expect(200)
    await admin.get('/api/me/due').expect(403)
    await forecourt.anonymous.get('/api/me/due').expect(401)
    await admin.get('/api/vehicles/none/due').expect(404)
  })
})

describe('the calendar of an owner', () => {
  const createFeed = async () =>
    new URL((await owner.api.post('/api/me/calendar-feed').expect(201)).body.url).pathname
  const readFeed = (path: string) => forecourt.anonymous.get(path)

  it('has all-day events of what is due, at a secret address', async () => {
    await owner.api.patch(`/api/vehicles/${vehicle}`).send({ nickname: 'Blue; red, \\ car' })
    const schedule = idOf(await sendSchedule({ lastServiceDate: TODAY }).expect(201))
    await sendSchedule({ intervalMonths: null, nextDueDate: addDays(TODAY, -9) }).expect(201)
    const answer = await readFeed(await createFeed()).expect(200)
    expect(answer.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'cache-control': 'no-store',
    })
    const text = answer.text.replaceAll('\r\n ', '').replaceAll('\r\n\t', '')
    const toDate = (day: string) => day.replaceAll('-', '')
    const due = addMonths(TODAY, 6)
    expect(text).toContain(`UID:${schedule}@forecourt`)
    expect(text).toContain(`DTSTART;VALUE=DATE:${toDate(due)}`)
    expect(text).toContain(`DTEND;VALUE=DATE:${toDate(addDays(due, 1))}`)
    expect(text).toContain(`DTSTART;VALUE=DATE:${toDate(TODAY)}`)
    expect(text).toContain('SUMMARY:Overdue: Oil change (Blue\\; red\\, \\\\ car)')
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2)
  })

  it('is empty, but a calendar, when nothing is due', async () => {
    const { text } = await readFeed(await createFeed()).expect(200)
    expect(text).toMatch(/^BEGIN:VCALENDAR\r\n[\s\S]*END:VCALENDAR/)
    expect(text).not.toContain('VEVENT')
  })

  it('is replaced and revoked, and its secret is stored and shown nowhere', async () => {
    expect((await owner.api.get('/api/me/calendar-feed').expect(200)).body).toEqual({
      active: false,
      createdAt: null,
    })
    const first = await createFeed()
    const second = await createFeed()
    await readFeed(first).expect(404)
    await readFeed(second).expect(200)
    const state = await owner.api.get('/api/me/calendar-feed').expect(200)
    expect(state.body).toMatchObject({ active: true })
    const secret = second.split('/').at(-1) ?? ''
    expect(secret.length).toBeGreaterThanOrEqual(43)
    const { rows } = await forecourt.sql('select * from calendar_feeds')
    expect(JSON.stringify([rows, state.body])).not.toContain(secret)
    await owner.api.delete('/api/me/calendar-feed').expect(200)
    await readFeed(second).expect(404)
    await owner.api.delete('/api/me/calendar-feed').expect(404)
  })

  it('is closed to guesses, strangers and deactivated owners', async () => {
    const path = await createFeed()
    for (const guess of ['x', 'null', `${path.split('/').at(-1)}x`, '%00', 'a'.repeat(2_000)])
      await readFeed(`/api/calendar/${guess}`).expect(404)
    await forecourt.anonymous.get('/api/me/calendar-feed').expect(401)
    await (await forecourt.as('admin')).post('/api/me/calendar-feed').expect(403)
    await owner.api.post('/api/me/deactivate').expect(200)
    await readFeed(path).expect(404)
  })

  it('is limited by feed', async () => {
    const path = await createFeed()
    for (let request = 0; request < 60; request++) await readFeed(path).expect(200)
    const refused = await readFeed(path).expect(429)
    expect(refused.text).toContain('This calendar was requested too many times')
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  })
})
