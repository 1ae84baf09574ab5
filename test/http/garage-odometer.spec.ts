import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { aFuelLog, saveVehicle } from '../support/builders.ts'
import { openForecourt, type TestForecourt } from '../support/forecourt.ts'
import { queryGraphql } from '../support/http-graphql.ts'
import type { Owner } from '../support/owners.ts'

let forecourt: TestForecourt
let owner: Owner
let vehicle: string

beforeAll(async () => {
  forecourt = await openForecourt()
  owner = await forecourt.asOwner()
})

beforeEach(async () => {
  vehicle = (await saveVehicle(forecourt.payload, owner.subject)).id
})

afterAll(() => forecourt.close())

type Body = Record<string, unknown>
type Answer = { body: unknown }
const docOf = (answer: Answer) => (answer.body as { doc: Body }).doc
const idOf = (answer: Answer) => String(docOf(answer)['id'])

const sendFuel = (day: string, about: Body = {}) =>
  owner.api
    .post('/api/fuel-logs')
    .send({ ...aFuelLog(vehicle), dateTime: `${day}T10:00:00Z`, ...about })

const sendService = (serviceDate: string, about: Body = {}) =>
  owner.api
    .post('/api/maintenance-logs')
    .send({ vehicle, category: 'Repair', serviceDate, ...about })

const change = (slug: string, id: string, body: Body) =>
  owner.api.patch(`/api/${slug}/${id}`).send(body)

const readVehicle = async (id = vehicle) =>
  (await owner.api.get(`/api/vehicles/${id}`).expect(200)).body as Body

const readOdometer = async (id = vehicle) => (await readVehicle(id))['odometerReading']

describe('the odometer of a vehicle', () => {
  it('follows a corrected, a moved and a deleted log down again', async () => {
    const other = (await saveVehicle(forecourt.payload, owner.subject)).id
    const repair = idOf(await sendService('2026-02-01', { odometer: 150_000 }).expect(201))
    const mistyped = idOf(
      await sendFuel('2026-03-01', { odometer: 301_464, confirmOdometer: true }).expect(201),
    )
    expect(await readOdometer()).toBe(301_464)
    await change('fuel-logs', mistyped, { odometer: 154_754.2 }).expect(200)
    expect(await readOdometer()).toBe(154_755)
    await change('fuel-logs', `${mistyped}?depth=1`, { vehicle: other }).expect(200)
    expect([await readOdometer(), await readOdometer(other)]).toEqual([150_000, 154_755])
    await owner.api.delete(`/api/maintenance-logs/${repair}`).expect(200)
    expect(await readOdometer()).toBe(0)
    await change('fuel-logs', mistyped, { odometer: null, tripDistance: 300 }).expect(200)
    expect(await readOdometer(other)).toBe(0)
  })

  it('is what its owner entered until a later log', async () => {
    await sendFuel('2026-03-01', { odometer: 31_000 }).expect(201)
    await change('vehicles', vehicle, { odometerReading: 32_000 }).expect(200)
    expect(await readOdometer()).toBe(32_000)
    const future = `${new Date().getUTCFullYear() + 1}-01-01`
    const later = idOf(await sendFuel(future, { odometer: 33_000 }).expect(201))
    expect(await readOdometer()).toBe(33_000)
    await owner.api.delete(`/api/fuel-logs/${later}`).expect(200)
    expect(await readOdometer()).toBe(32_000)
  })

  it('stays that of the logs when something else of the vehicle changes', async () => {
    await sendFuel('2026-03-01', { odometer: 31_000 }).expect(201)
    await change('vehicles', vehicle, { nickname: 'Betty' }).expect(200)
    expect(await readVehicle()).toMatchObject({ nickname: 'Betty', odometerReading: 31_000 })
  })

  it('is lower after its odometer was replaced, if the owner confirms that', async () => {
    await sendFuel('2026-03-01', { odometer: 90_000 }).expect(201)
    const refused = await change('vehicles', vehicle, { odometerReading: 12 }).expect(400)
    expect(refused.text).toContain('90000 miles in the fuel log from 2026-03-01')
    expect(await readOdometer()).toBe(90_000)
    await change('vehicles', vehicle, { odometerReading: 12, confirmOdometer: true }).expect(200)
    expect(await readOdometer()).toBe(12)
  })
})

describe('a reading that does not fit', () => {
  beforeEach(async () => {
    await sendFuel('2026-03-01', { odometer: 31_000.4 }).expect(201)
    await sendService('2026-04-01', { odometer: 31_500 }).expect(201)
  })

  it.each([
    ['falls below an earlier one', 30_000],
    ['rises above a later one', 32_000],
    ['has an extra digit', 311_000],
  ])('and %s is refused with both neighbors', async (_, odometer) => {
    const refused = await sendFuel('2026-03-10', { odometer }).expect(400)
    expect(refused.text).toContain(
      `Odometer: ${odometer} miles on 2026-03-10 does not fit between 31000.4 miles in the fuel ` +
        'log from 2026-03-01 and 31500 miles in the maintenance log from 2026-04-01',
    )
    expect(await readOdometer()).toBe(31_500)
  })

  it('is kept when the owner confirms it', async () => {
    const made = await sendFuel('2026-03-10', { odometer: 30_000, confirmOdometer: true })
    expect(made.status).toBe(201)
    expect(docOf(made)['confirmOdometer'] ?? null).toBeNull()
    await change('fuel-logs', idOf(made), { notes: 'The other log is wrong.' }).expect(200)
    await change('fuel-logs', idOf(made), { odometer: 30_001 }).expect(400)
  })

  it('is refused for a maintenance log, a changed date and another vehicle too', async () => {
    await sendService('2026-03-10', { odometer: 29_000 }).expect(400)
    const log = idOf(await sendFuel('2026-03-20', { odometer: 31_200 }).expect(201))
    await change('fuel-logs', log, { dateTime: '2026-02-01T10:00:00Z' }).expect(400)
    const other = (await saveVehicle(forecourt.payload, owner.subject)).id
    await sendFuel('2026-03-01', { vehicle: other, odometer: 80_000 }).expect(201)
    await change('fuel-logs', log, { vehicle: other }).expect(400)
    expect(await readOdometer(other)).toBe(80_000)
  })

  it('reveals nothing about another owner’s vehicle', async () => {
    const stranger = await forecourt.asOwner()
    const refused = await stranger.api
      .post('/api/fuel-logs')
      .send(aFuelLog(vehicle, { odometer: 5 }))
      .expect(400)
    expect(refused.text).not.toContain('31000')
    expect(refused.text).toContain('is not a vehicle of this owner')
  })
})

describe('a first reading', () => {
  it('that no vehicle has is refused on the vehicle and in a log', async () => {
    await owner.api
      .post('/api/vehicles')
      .send({ licensePlate: 'FAR 1', odometerReading: 1_547_540 })
      .expect(400)
    const refused = await sendFuel('2026-03-01', { odometer: 1_547_540 }).expect(400)
    expect(refused.text).toContain('is more than vehicles drive')
  })
})

describe('a row in the owner’s units', () => {
  it('is stored in miles and gallons, with the total as it was paid', async () => {
    const made = await sendFuel('2026-03-01', {
      distanceUnit: 'km',
      volumeUnit: 'l',
      odometer: 100_000.5,
      tripDistance: 640.2,
      fuelUnits: 59.37,
      costPerUnit: 1.999,
    }).expect(201)
    expect(docOf(made)).toMatchObject({
      odometer: 62_137.43,
      tripDistance: 397.802,
      fuelUnits: 15.684,
      costPerUnit: 7.567,
      totalCost: 118.68,
    })
    expect(made.body).not.toHaveProperty('warnings')
    expect(docOf(made)['distanceUnit'] ?? null).toBeNull()
    const changed = await change('fuel-logs', idOf(made), { volumeUnit: 'l', fuelUnits: 40 })
    expect(docOf(changed)).toMatchObject({
      odometer: 62_137.43,
      fuelUnits: 10.567,
      totalCost: 79.96,
    })
  })

  it('has its odometer refused in these units', async () => {
    await sendFuel('2026-03-01', { distanceUnit: 'km', odometer: 100_000 }).expect(201)
    const refused = await sendFuel('2026-03-02', { distanceUnit: 'km', odometer: 99_000 }).expect(
      400,
    )
    expect(refused.text).toContain('99000 km on 2026-03-02 does not fit after 100000 km')
  })

  it('may be a vehicle, a service or a schedule, over REST and GraphQL', async () => {
    await change('vehicles', vehicle, { distanceUnit: 'km', odometerReading: 100_000 }).expect(200)
    expect(await readOdometer()).toBe(62_137)
    const service = await sendService('2020-03-01', { distanceUnit: 'km', odometer: 15_000 })
    expect(docOf(service)).toMatchObject({ odometer: 9_321 })
    const { data } = await queryGraphql(
      owner.api,
      `mutation { createMaintenanceSchedule(data: { vehicle: "${vehicle}", category: "Repair",
        intervalMiles: 15000, distanceUnit: km }) { intervalMiles } }`,
    )
    expect(data).toEqual({ createMaintenanceSchedule: { intervalMiles: 9_321 } })
  })

  it.each([
    ['distanceUnit', 'furlong', 'must be one of mi, km'],
    ['volumeUnit', 'pint', 'must be one of gal_us, gal_uk, l, kwh'],
  ])('cannot have the %s %s', async (field, value, words) => {
    expect((await sendFuel('2026-03-01', { [field]: value }).expect(400)).text).toContain(words)
  })
})

describe('the purchase and sale of a vehicle', () => {
  it('are kept', async () => {
    const facts = {
      purchaseDate: '2020-05-01',
      purchasePrice: 24_500.5,
      purchaseOdometer: 12,
      soldDate: '2026-05-01',
      salePrice: 9_000,
    }
    await change('vehicles', vehicle, facts).expect(200)
    expect(await readVehicle()).toMatchObject(facts)
  })

  it('are in this order', async () => {
    const refused = await change('vehicles', vehicle, {
      purchaseDate: '2020-05-01',
      soldDate: '2019-05-01',
    }).expect(400)
    expect(refused.text).toContain('must not be earlier than the purchase date, 2020-05-01')
  })
})
