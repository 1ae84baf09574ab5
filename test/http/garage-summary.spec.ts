import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addDays, addMonths, getDayInZone } from '../../src/garage/domain/days.ts'
import { aFuelLog, saveVehicle } from '../support/builders.ts'
import { type Api, openForecourt, type TestForecourt } from '../support/forecourt.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let owner: Owner
let vehicle: string
let sold: string

const TODAY = getDayInZone(new Date(), 'America/New_York')
const MONTH = TODAY.slice(0, 7)

beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await forecourt.asOwner()
  vehicle = (await saveVehicle(forecourt.payload, owner.subject, { nickname: 'Daily' })).id
  await saveVehicle(forecourt.payload, owner.subject, { isActive: false })
  sold = (await saveVehicle(forecourt.payload, owner.subject, { soldDate: '2020-01-01' })).id
})
afterAll(() => forecourt.close())

const send = (slug: string, body: object) =>
  owner.api
    .post(`/api/${slug}`)
    .send({ vehicle, ...body })
    .expect(201)
const read = async (who = owner) => (await who.api.get('/api/me/summary').expect(200)).body

describe('the summary of an owner', () => {
  it('is empty, not missing, without rows', async () => {
    const other = await forecourt.asOwner()
    expect(await read(other)).toMatchObject({
      vehicles: { inUse: 0, archived: 0, sold: 0 },
      due: { counts: { overdue: 0 }, next: [] },
      expiring: [],
      spend: { month: { period: MONTH, total: 0 }, year: { total: 0 } },
      lastEntries: [],
      vehicleList: [],
      storage: { bytes: expect.any(Number), limitBytes: 1_000_000_000 },
    })
  })

  it('has what is due and expires, what was spent, and the last entries', async () => {
    await send('fuel-logs', aFuelLog(vehicle, { dateTime: `${MONTH}-01T16:00:00.000Z` }))
    await send(
      'fuel-logs',
      aFuelLog(vehicle, { dateTime: '2020-03-01T10:00:00.000Z', odometer: 9 }),
    )
    await send('maintenance-logs', { category: 'Repair', serviceDate: `${MONTH}-01`, cost: 80 })
    await send('maintenance-schedules', {
      category: 'Inspection',
      nextDueDate: addDays(TODAY, -3),
    })
    await send('ownership-costs', {
      kind: 'loan',
      amount: 300,
      intervalMonths: 1,
      startDate: addMonths(`${MONTH}-01`, -1),
      endDate: addDays(`${MONTH}-01`, -1),
    })
    for (const [title, days] of [
      ['Old policy', -400],
      ['New policy', 5],
    ] as const)
      await send('documents', {
        title,
        documentType: 'insurance',
        expirationDate: addDays(TODAY, days),
      })
    await send('documents', {
      vehicle: sold,
      title: 'Of a sold vehicle',
      documentType: 'registration',
      expirationDate: TODAY,
    })
    const summary = await read()
    expect(summary).toMatchObject({
      today: TODAY,
      currency: 'USD',
      distanceUnit: 'mi',
      vehicles: { inUse: 1, archived: 1, sold: 1 },
      due: {
        counts: { overdue: 1 },
        next: [{ vehicle, vehicleTitle: 'Daily', category: 'Inspection', daysLeft: -3 }],
      },
      expiring: [{ title: 'New policy', vehicleTitle: 'Daily', status: 'expires_soon' }],
      spend: {
        month: { fuel: 35, maintenance: 80, ownership: 0, total: 115 },
      },
    })
    const { lastEntries, spend } = summary as {
      lastEntries: { kind: string; day: string }[]
      spend: { year: { ownership: number } }
    }
    expect(lastEntries.map(({ day }) => day)).toEqual([`${MONTH}-01`, `${MONTH}-01`, '2020-03-01'])
    expect(spend.year.ownership).toBe(MONTH.endsWith('-01') ? 0 : 300)
  })

  it('is up to date after a write, from the cache or not', async () => {
    const before = (await read()) as { spend: { month: { maintenance: number } } }
    await read()
    await send('maintenance-logs', { category: 'Repair', serviceDate: `${MONTH}-01`, cost: 20 })
    const after = (await read()) as typeof before
    expect(after.spend.month.maintenance).toBe(before.spend.month.maintenance + 20)
  })

  it('warns of a document as early as its vehicle asks for', async () => {
    await owner.api.patch(`/api/vehicles/${vehicle}`).send({ dueSoonDays: 90 }).expect(200)
    const expirationDate = addDays(TODAY, 80)
    await send('documents', { title: 'Plates', documentType: 'registration', expirationDate })
    const { body } = await owner.api.get(`/api/vehicles/${vehicle}/documents-status`).expect(200)
    expect(body).toMatchObject({
      documents: expect.arrayContaining([
        expect.objectContaining({ title: 'Plates', status: 'expires_soon' }),
      ]),
    })
    expect(await read()).toMatchObject({
      expiring: expect.arrayContaining([
        expect.objectContaining({ title: 'Plates', status: 'expires_soon', daysLeft: 80 }),
      ]),
    })
  })

  it('is in the currency and zone of the owner, and for owners alone', async () => {
    await owner.api.post('/api/user-preferences').send({
      currencyCode: 'EUR',
      timeZone: 'Pacific/Kiritimati',
      unitSystem: 'metric',
    })
    expect(await read()).toMatchObject({
      currency: 'EUR',
      timeZone: 'Pacific/Kiritimati',
      distanceUnit: 'km',
    })
    await (await forecourt.as('admin')).get('/api/me/summary').expect(403)
    await forecourt.anonymous.get('/api/me/summary').expect(401)
  })
})

describe('the summary of an owner for admins', () => {
  const readAs = async (api: Api, id: string = owner.profile) =>
    api.get(`/api/user-profiles/${id}/summary`)

  it('is the answer of the owner, and every view of it is logged', async () => {
    const admin = await forecourt.as('admin')
    const { body } = (await readAs(admin)) as { body: object }
    expect(body).toEqual(await read())
    const { rows } = await forecourt.sql(
      `select resource_id as id from admin_audit_logs where action = 'look'
        and resource_type = 'user-profiles'`,
    )
    expect(rows).toEqual([{ id: owner.profile }])
    const garageAdmin = await forecourt.asOwner('garage admin')
    expect((await readAs(garageAdmin.api)).status).toBe(200)
  })

  it('lists the vehicles, those in use first, in the units of the owner', async () => {
    const { vehicleList } = (await read()) as { vehicleList: object[] }
    expect(vehicleList).toMatchObject([
      { title: 'Daily', image: null, licensePlate: null, odometer: 49_890, state: 'in_use' },
      { state: 'archived' },
      { state: 'sold' },
    ])
  })

  it('is for nobody else, and of nobody who is not an owner', async () => {
    const missing = '00000000-0000-4000-8000-000000000000'
    expect((await readAs(owner.api)).status).toBe(403)
    expect((await readAs(await forecourt.as('manager'))).status).toBe(403)
    expect((await readAs(forecourt.anonymous)).status).toBe(403)
    const admin = await forecourt.as('admin')
    expect(await readAs(admin, missing)).toMatchObject({
      status: 404,
      text: expect.stringContaining('There is no owner with this id'),
    })
  })
})

describe('the figures of a vehicle', () => {
  it('have the costs of owning it, by month and kind, up to its sale', async () => {
    const id = (await saveVehicle(forecourt.payload, owner.subject, { soldDate: '2024-02-15' })).id
    await send('ownership-costs', {
      vehicle: id,
      kind: 'insurance',
      amount: 290.29,
      intervalMonths: 1,
      startDate: '2024-01-01',
    })
    const { body } = await owner.api.get(`/api/vehicles/${id}/stats`).expect(200)
    const { byMonth, byCategory, totals } = body as {
      byMonth: { period: string; ownershipCost: number }[]
      byCategory: object[]
      totals: { ownershipCost: number; cost: number }
    }
    expect(byMonth.map(({ period, ownershipCost }) => [period, ownershipCost])).toEqual([
      ['2024-01', 290.29],
      ['2024-02', 150.15],
    ])
    expect(byCategory).toEqual([
      { kind: 'ownership', category: 'insurance', logs: 1, cost: 440.44 },
    ])
    expect(totals).toMatchObject({ ownershipCost: 440.44, cost: 440.44 })
  })

  it.each([
    ['a last day before the first', { endDate: '2025-12-31' }, 'must not be earlier'],
    ['an interval of no months', { intervalMonths: 0 }, 'Interval in months'],
    ['a negative amount', { amount: -1 }, 'Amount'],
    ['a kind that does not exist', { kind: 'fun' }, 'must be one of insurance'],
  ])('take no cost with %s', async (_case, wrong, reason) => {
    const right = { kind: 'tax', amount: 1, intervalMonths: 1, startDate: '2026-01-01' }
    const answer = await owner.api
      .post('/api/ownership-costs')
      .send({ vehicle, ...right, ...wrong })
      .expect(400)
    expect(answer.text).toContain(reason)
  })
})
